package org.roaminghub.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The locations and the tariff of a CPO backend, OCPI 2.2.1 shape plus the {@code ocpp} member the hub's contract §4 asks for. */
public final class Sites {

    private static final List<String> STREETS =
            List.of("Stationsplein", "Marktstraat", "Havenkade", "Parklaan", "Kanaalweg", "Molendijk");
    private static final List<String> CITIES = List.of("Utrecht", "Amersfoort", "Gouda", "Leiden", "Zwolle", "Breda");
    private static final int VOLTS = 230;
    private static final int AMPERES = 32;
    private static final int VAT_PERCENT = 21;

    private Sites() {}

    /** 0.35 per kWh, 0.60 per hour of charging and 3.00 per hour parked, EUR, 21 % VAT, to the watt-hour and the second. */
    public static JsonNode tariff(String countryCode, String partyId, String id, Instant lastUpdated) {
        ObjectNode tariff = Json.object().put("country_code", countryCode).put("party_id", partyId).put("id", id);
        tariff.put("currency", "EUR").put("type", "REGULAR");
        ArrayNode components = tariff.putArray("elements").addObject().putArray("price_components");
        components.add(component("ENERGY", "0.35")).add(component("TIME", "0.60")).add(component("PARKING_TIME", "3.00"));
        return tariff.put("last_updated", Json.time(lastUpdated));
    }

    /** All locations of a fleet: {@code LOC-1} and so on, their stations one after the other. */
    public static List<JsonNode> locations(FleetSettings settings, String tariffId, Instant lastUpdated) {
        List<JsonNode> locations = new ArrayList<>();
        for (int first = 1; first <= settings.stations(); first += settings.stationsPerLocation()) {
            List<ChargingStation> stations = new ArrayList<>();
            int last = Math.min(settings.stations(), first + settings.stationsPerLocation() - 1);
            for (int number = first; number <= last; number++) {
                stations.add(new ChargingStation(settings.station(number)));
            }
            int place = locations.size() + 1;
            locations.add(location(settings.countryCode(), settings.partyId(), place, stations, tariffId, lastUpdated));
        }
        return locations;
    }

    /**
     * The location {@code LOC-<place>} with one EVSE, {@code LOC-<place>-<n>}, for each station: three-phase type 2, 22 kW.
     */
    public static JsonNode location(
            String countryCode,
            String partyId,
            int place,
            List<ChargingStation> stations,
            String tariffId,
            Instant lastUpdated) {
        String city = CITIES.get(place % CITIES.size());
        String street = STREETS.get(place % STREETS.size());
        String id = "LOC-" + place;
        String time = Json.time(lastUpdated);
        ObjectNode location = Json.object().put("country_code", countryCode).put("party_id", partyId).put("id", id);
        location.put("publish", true).put("name", city + " " + street);
        location.put("address", street + " " + place).put("city", city).put("postal_code", "%04d AA".formatted(3500 + place));
        location.put("country", "NLD");
        location.putObject("coordinates")
                .put("latitude", "52.%06d".formatted(90_000 + place * 37 % 900_000))
                .put("longitude", "5.%06d".formatted(120_000 + place * 53 % 800_000));
        ArrayNode evses = location.putArray("evses");
        for (int index = 0; index < stations.size(); index++) {
            String evseId = "%s*%s*E%d%03d".formatted(countryCode, partyId, place, index + 1);
            evses.add(evse(id + "-" + (index + 1), evseId, stations.get(index), tariffId, time));
        }
        location.putObject("operator").put("name", partyId + " Charging");
        location.put("time_zone", "Europe/Amsterdam");
        return location.put("last_updated", time);
    }

    private static ObjectNode evse(String uid, String evseId, ChargingStation station, String tariffId, String time) {
        // UNKNOWN until the station reports: the backend must not promise a free charger it has not heard of.
        ObjectNode evse = Json.object().put("uid", uid).put("evse_id", evseId).put("status", "UNKNOWN");
        evse.putArray("capabilities").add("RFID_READER").add("REMOTE_START_STOP_CAPABLE");
        ObjectNode connector = evse.putArray("connectors").addObject().put("id", String.valueOf(station.connectorId()));
        connector.put("standard", "IEC_62196_T2").put("format", "SOCKET").put("power_type", "AC_3_PHASE");
        connector.put("max_voltage", VOLTS).put("max_amperage", AMPERES).put("max_electric_power", 3 * VOLTS * AMPERES);
        connector.putArray("tariff_ids").add(tariffId);
        connector.put("last_updated", time);
        evse.putObject("ocpp").put("station", station.id()).put("evse_id", station.evseId());
        return evse.put("last_updated", time);
    }

    private static ObjectNode component(String type, String price) {
        return Json.object()
                .put("type", type)
                .put("price", new BigDecimal(price))
                .put("vat", VAT_PERCENT)
                .put("step_size", 1);
    }
}
