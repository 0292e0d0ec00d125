package org.roaminghub.charging.fold;

import java.util.Collection;
import java.util.List;
import org.roaminghub.ocpp.CanonicalStatus;
import org.roaminghub.ocpp.ChargingState;

/** The rows of status-mapping.csv that need no vendor table and no partner switch. */
public final class StatusRules {
    static final String NEVER_HEARD = "D-04";
    static final String STATION_UNAVAILABLE = "S16-31";
    static final String STATION_FAULTED = "S16-32";

    private StatusRules() {}

    /** A canonical status and the row that gave it. */
    record Derived(CanonicalStatus status, String ruleId) {}

    /** What a transaction adds to a connector's word. */
    enum Use { NONE, OPEN, AFTER }

    /** The OCPI value of one connector's canonical status (status-mapping.md, section 2). */
    public static EvseStatus ocpiOf(CanonicalStatus status) {
        return switch (status) {
            case AVAILABLE -> EvseStatus.AVAILABLE;
            case PREPARING, CHARGING, SUSPENDED_EV, SUSPENDED_EVSE, FINISHING, OCCUPIED -> EvseStatus.CHARGING;
            case RESERVED -> EvseStatus.RESERVED;
            case UNAVAILABLE -> EvseStatus.INOPERATIVE;
            case FAULTED -> EvseStatus.OUTOFORDER;
            case OFFLINE, UNKNOWN -> EvseStatus.UNKNOWN;
        };
    }

    /** The OCPI value of an EVSE with several connectors (status-mapping.md, section 5), in that order. */
    static EvseStatus ocpiOf(Collection<CanonicalStatus> connectors, boolean transactionOpen) {
        List<EvseStatus> each = connectors.stream().map(StatusRules::ocpiOf).toList();
        if (each.size() == 1) {
            return each.get(0);
        }
        if (transactionOpen || each.contains(EvseStatus.CHARGING)) {
            return EvseStatus.CHARGING;
        }
        if (each.contains(EvseStatus.RESERVED)) {
            return EvseStatus.RESERVED;
        }
        if (each.contains(EvseStatus.AVAILABLE)) {
            return EvseStatus.AVAILABLE;
        }
        if (each.stream().allMatch(status -> status == EvseStatus.INOPERATIVE)) {
            return EvseStatus.INOPERATIVE;
        }
        boolean allOut = each.stream().noneMatch(status -> status == EvseStatus.UNKNOWN);
        return allOut ? EvseStatus.OUTOFORDER : EvseStatus.UNKNOWN;
    }

    /**
     * The canonical status of a connector.
     *
     * @param reported      the last word, null if none was ever said
     * @param reportRuleId  rule the sender named for that word, null if none
     * @param chargingState what an open transaction says of the car, null if it says nothing
     * @param afterEnergy   whether that transaction has delivered energy before
     * @param numbered      the station numbers its transaction events, so the rows for 2.0.1 hold
     */
    static Derived derive(CanonicalStatus reported, String reportRuleId, Use use, ChargingState chargingState,
            boolean afterEnergy, boolean numbered) {
        boolean leavesRoom = reported == null || reported == CanonicalStatus.OCCUPIED
                || reported == CanonicalStatus.AVAILABLE || reported == CanonicalStatus.UNKNOWN;
        if (leavesRoom && use == Use.OPEN && chargingState != null) {
            return refined(reported, chargingState, afterEnergy);
        }
        if (reported == null) {
            // A running transaction proves that the connector is in use, though not what the car does.
            return use == Use.OPEN ? new Derived(CanonicalStatus.OCCUPIED, "S20-13")
                    : new Derived(CanonicalStatus.UNKNOWN, NEVER_HEARD);
        }
        return new Derived(reported, reportRuleId == null ? ruleOf(reported, use, numbered) : reportRuleId);
    }

    private static Derived refined(CanonicalStatus reported, ChargingState chargingState, boolean afterEnergy) {
        boolean unplugged = reported == CanonicalStatus.AVAILABLE;
        return switch (chargingState) {
            case EV_CONNECTED -> new Derived(CanonicalStatus.PREPARING, unplugged ? "S20-03" : "S20-07");
            case CHARGING -> new Derived(CanonicalStatus.CHARGING, unplugged ? "S20-03" : "S20-08");
            case SUSPENDED_EV -> new Derived(CanonicalStatus.SUSPENDED_EV, unplugged ? "S20-03" : "S20-09");
            case SUSPENDED_EVSE -> new Derived(CanonicalStatus.SUSPENDED_EVSE, unplugged ? "S20-03" : "S20-10");
            case IDLE -> {
                if (unplugged) {
                    yield new Derived(CanonicalStatus.PREPARING, "S20-02");
                }
                yield afterEnergy ? new Derived(CanonicalStatus.FINISHING, "S20-12")
                        : new Derived(CanonicalStatus.PREPARING, "S20-11");
            }
        };
    }

    private static String ruleOf(CanonicalStatus reported, Use use, boolean numbered) {
        boolean open = use == Use.OPEN;
        return switch (reported) {
            case AVAILABLE -> {
                if (numbered) {
                    yield "S20-01";
                }
                yield open ? "S16-02" : "S16-01";
            }
            case PREPARING -> use == Use.AFTER ? "S16-06" : "S16-04";
            case CHARGING -> open ? "S16-07" : "S16-08";
            case SUSPENDED_EV -> open ? "S16-09" : "S16-12";
            case SUSPENDED_EVSE -> open ? "S16-10" : "S16-12";
            case FINISHING -> open ? "S16-13" : "S16-14";
            case OCCUPIED -> occupiedRule(use, numbered);
            case RESERVED -> numbered ? "S20-14" : "S16-16";
            case UNAVAILABLE -> {
                if (numbered) {
                    yield "S20-15";
                }
                yield open ? "S16-18" : "S16-17";
            }
            case FAULTED -> {
                if (numbered) {
                    yield "S20-16";
                }
                yield open ? "S16-20" : "S16-19";
            }
            case OFFLINE -> open ? "D-02" : "D-01";
            case UNKNOWN -> numbered ? "S20-19" : "X16-07";
        };
    }

    private static String occupiedRule(Use use, boolean numbered) {
        return switch (use) {
            case NONE -> numbered ? "S20-05" : "X16-01";
            case OPEN -> numbered ? "S20-13" : "X16-03";
            case AFTER -> numbered ? "S20-06" : "X16-04";
        };
    }
}
