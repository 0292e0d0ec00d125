package org.roaminghub.modules.chargingprofiles;

import java.time.Duration;
import java.time.Instant;

/** What can be asked about the charging profile of a session. The names stand in the database. */
enum ProfileRequest {
    /** CP-01. */
    GET_PROFILE("GET", "ActiveChargingProfileResult", Duration.ZERO),
    /** CP-02. Changes of the profile are pushed to whom it succeeded for, as long as the car is connected; nobody says how long (CP-08). */
    SET_PROFILE("PUT", "ChargingProfileResult", Duration.ofDays(30)),
    /** CP-03. */
    CLEAR_PROFILE("DELETE", "ClearProfileResult", Duration.ZERO);

    private final String method;
    private final String resultClass;
    private final Duration remembered;

    ProfileRequest(String method, String resultClass, Duration remembered) {
        this.method = method;
        this.resultClass = resultClass;
        this.remembered = remembered;
    }

    String method() {
        return method;
    }

    /** The class of the result in the object model. */
    String resultClass() {
        return resultClass;
    }

    /** Until when the hub must know of a request made now. */
    Instant usefulUntil(Instant now) {
        return now.plus(remembered);
    }
}
