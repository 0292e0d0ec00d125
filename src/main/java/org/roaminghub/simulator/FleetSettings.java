package org.roaminghub.simulator;

import java.time.Duration;
import java.util.List;

/**
 * How big a fleet is and how it lives.
 *
 * @param countryCode of the CPO, ISO 3166-1 alpha-2
 * @param partyId of the CPO
 * @param stationPrefix stations are called {@code <prefix>-0001} and so on
 * @param stations how many
 * @param stationsPerLocation how many of them stand in one place
 * @param acceleration a session of an hour is told in an hour divided by this; 1 is real time
 * @param shortest charging time of a session
 * @param longest charging time of a session
 * @param pause longest time an EVSE stays free between two sessions, in simulated time
 * @param idTokens the cards that charge here, one drawn for each session
 * @param mostSessions when that many have been started no further ones are
 * @param seed same seed, same draws
 */
public record FleetSettings(
        String countryCode,
        String partyId,
        String stationPrefix,
        int stations,
        int stationsPerLocation,
        double acceleration,
        Duration shortest,
        Duration longest,
        Duration pause,
        List<String> idTokens,
        int mostSessions,
        long seed) {

    /** Refuses a fleet that could not run. */
    public FleetSettings {
        if (stations < 1 || stationsPerLocation < 1 || acceleration < 1 || idTokens.isEmpty()) {
            throw new IllegalArgumentException("a fleet needs stations, places, cards and an acceleration of at least 1");
        }
        if (shortest.compareTo(longest) > 0 || shortest.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("shortest must be at least a minute and not above longest");
        }
        idTokens = List.copyOf(idTokens);
    }

    /** Five stations to a place, sessions of 20 to 40 minutes told in a sixtieth of that, up to 5 minutes between them. */
    public static FleetSettings of(String countryCode, String partyId, int stations, List<String> idTokens) {
        return new FleetSettings(
                countryCode,
                partyId,
                "CP",
                stations,
                5,
                60,
                Duration.ofMinutes(20),
                Duration.ofMinutes(40),
                Duration.ofMinutes(5),
                idTokens,
                Integer.MAX_VALUE,
                1);
    }

    /** The same with another acceleration. */
    public FleetSettings withAcceleration(double newAcceleration) {
        return new FleetSettings(countryCode, partyId, stationPrefix, stations, stationsPerLocation, newAcceleration,
                shortest, longest, pause, idTokens, mostSessions, seed);
    }

    /** The same with a bound on the number of sessions. */
    public FleetSettings withMostSessions(int newMostSessions) {
        return new FleetSettings(countryCode, partyId, stationPrefix, stations, stationsPerLocation, acceleration,
                shortest, longest, pause, idTokens, newMostSessions, seed);
    }

    /** The same with other charging times. */
    public FleetSettings withCharging(Duration newShortest, Duration newLongest) {
        return new FleetSettings(countryCode, partyId, stationPrefix, stations, stationsPerLocation, acceleration,
                newShortest, newLongest, pause, idTokens, mostSessions, seed);
    }

    /** The same with another longest pause between two sessions of an EVSE. */
    public FleetSettings withPause(Duration newPause) {
        return new FleetSettings(countryCode, partyId, stationPrefix, stations, stationsPerLocation, acceleration,
                shortest, longest, newPause, idTokens, mostSessions, seed);
    }

    /** The same with other station names; a fresh prefix starts with stations the hub has never seen. */
    public FleetSettings withStationPrefix(String newStationPrefix) {
        return new FleetSettings(countryCode, partyId, newStationPrefix, stations, stationsPerLocation, acceleration,
                shortest, longest, pause, idTokens, mostSessions, seed);
    }

    /** The same with another seed. */
    public FleetSettings withSeed(long newSeed) {
        return new FleetSettings(countryCode, partyId, stationPrefix, stations, stationsPerLocation, acceleration,
                shortest, longest, pause, idTokens, mostSessions, newSeed);
    }

    /** Name of the station with this number, from 1. */
    public String station(int number) {
        return "%s-%04d".formatted(stationPrefix, number);
    }
}
