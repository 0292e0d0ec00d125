package org.roaminghub.charging.fold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.roaminghub.ocpp.ChargingEvent;
import org.roaminghub.ocpp.EventReader;

/** Minimal events of one station, as a backend that normalises itself sends them. */
final class Events {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final StationState EMPTY = StationState.empty("backend", "CP-1");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Events() {}

    /** @param rest further members, single quotes for double ones */
    static ChargingEvent event(String type, String id, long second, String rest, String data) {
        return event(type, id, second, second, rest, data);
    }

    static ChargingEvent event(String type, String id, long second, long receivedSecond, String rest, String data) {
        String line = "{'id':'" + id + "','type':'" + type + "','station':'CP-1','time':'" + NOON.plusSeconds(second)
                + "','received_at':'" + NOON.plusSeconds(receivedSecond) + "'" + rest + ",'data':{" + data + "}}";
        try {
            EventReader.Result result = EventReader.read(MAPPER.readTree(line.replace('\'', '"')), "backend", NOON);
            if (!result.readable()) {
                throw new IllegalArgumentException(result.faults().toString());
            }
            return result.event();
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(line, unreadable);
        }
    }

    static ChargingEvent started(String transactionId, long second, String data) {
        return event("transaction.started", "start-" + transactionId, second,
                ",'evse_id':1,'connector_id':1,'transaction_id':'" + transactionId + "'", data);
    }

    static ChargingEvent ended(String transactionId, long second, long meterStopWh) {
        return event("transaction.ended", "end-" + transactionId + "-" + meterStopWh, second,
                ",'transaction_id':'" + transactionId + "'", "'reason':'Local','meter_stop_wh':" + meterStopWh);
    }

    static ChargingEvent register(String transactionId, long second, long registerWh) {
        return event("meter.values", "meter-" + transactionId + "-" + second, second,
                ",'transaction_id':'" + transactionId + "'", "'readings':[{'time':'" + NOON.plusSeconds(second)
                + "','measurand':'Energy.Active.Import.Register','value':" + registerWh + ",'unit':'Wh'}]");
    }

    static ChargingEvent status(String word, long second) {
        return event("connector.status", "status-" + second, second, ",'evse_id':1,'connector_id':1",
                "'status':'" + word + "'");
    }

    static ChargingEvent updated(String transactionId, long second, long seq, String data) {
        return event("transaction.updated", "update-" + transactionId + "-" + seq, second,
                ",'transaction_id':'" + transactionId + "'", "'seq':" + seq + data);
    }

    static ChargingEvent timer(String timer, String about, long second) {
        return event("timer.due", "timer-" + timer + second, second, "", "'timer':'" + timer + "','about':'" + about + "'");
    }
}
