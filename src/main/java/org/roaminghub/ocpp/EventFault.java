package org.roaminghub.ocpp;

/**
 * Why a line is not an event.
 *
 * @param field  dotted path, for example {@code data.readings[0].value}; empty = the line as a whole
 * @param code   stable word for programs
 * @param reason one sentence for the person who fixes the sender; never repeats the value, it may identify a driver
 */
public record EventFault(String field, Code code, String reason) {
    public enum Code { REQUIRED, WRONG_TYPE, BAD_VALUE, TOO_LONG, UNSUPPORTED_TYPE }
}
