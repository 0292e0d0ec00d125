package org.roaminghub.ocpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend must send, and what the hub fills in (contracts.md, section 4; event-model.md, sections 1 to 6). */
class EventReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant ARRIVED = Instant.parse("2026-03-02T12:00:00Z");
    private static final String START = "{'id':'e1','type':'transaction.started','station':'CP-1','evse_id':2,"
            + "'transaction_id':'77','time':'2026-03-02T12:59:58+01:00','data':{'id_token':'AA1'}}";

    @Test
    void minimalEventIsCompleted() {
        ChargingEvent.TransactionStarted event = (ChargingEvent.TransactionStarted) accepted(START);
        Envelope envelope = event.envelope();

        assertThat(event.startKey()).isEqualTo("77");
        assertThat(envelope.source()).isEqualTo("backend");
        assertThat(envelope.time()).isEqualTo("2026-03-02T11:59:58Z");
        assertThat(envelope.timeRaw()).isEqualTo("2026-03-02T12:59:58+01:00");
        assertThat(envelope.timeBasis()).isEqualTo(TimeBasis.BACKEND);
        assertThat(envelope.receivedAt()).isEqualTo(ARRIVED);
        assertThat(envelope.connectorId()).isEqualTo(2);
        assertThat(envelope.flags()).containsExactly("CONNECTOR_INFERRED", "RECEIPT_TIME_MISSING");
        assertThat(event.toJson().get("schema").asText()).isEqualTo("charging-event/1");
        assertThat(event.toJson().at("/lineage/adapter").asText()).isEqualTo("backend");
        assertThat(event.toJson().at("/time").asText()).isEqualTo("2026-03-02T11:59:58.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':'1','type':'station.booted','station':'C','time':'2026-03-02T12:00:00Z','data':{}}",
        "{'id':'1','type':'station.connected','station':'C','time':'2026-03-02T12:00:00Z','data':{'connection_id':'c'}}",
        "{'id':'1','type':'connector.status','station':'C','evse_id':1,'time':'2026-03-02T12:00:00Z','data':{'status':'Charging'}}",
        "{'id':'1','type':'transaction.identified','station':'C','transaction_id':'7','time':'2026-03-02T12:00:00Z',"
                + "'data':{'start_key':'k','auth_status':'Accepted'}}",
        "{'id':'1','type':'transaction.ended','station':'C','transaction_id':'7','time':'2026-03-02T12:00:00Z','data':{}}",
        "{'id':'1','type':'meter.values','station':'C','transaction_id':'7','time':'2026-03-02T12:00:00Z','data':{'readings':[]}}",
        "{'id':'1','type':'command','station':'C','time':'2026-03-02T12:00:00Z','data':{'name':'remote_stop','result':'Accepted'}}"
    })
    void minimalEventOfEachKindIsReadAgainWithoutLoss(String line) {
        ChargingEvent event = accepted(line);

        assertThat(EventReader.stored(event.toJson())).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({"id", "type", "station", "time", "data", "evse_id"})
    void missingFieldIsNamed(String field) {
        ObjectNode line = (ObjectNode) json(START);
        line.remove(field);

        assertThat(read(line).faults()).extracting(EventFault::field, EventFault::code)
                .containsExactly(tuple(field, EventFault.Code.REQUIRED));
    }

    @ParameterizedTest
    @CsvSource({"id", "type", "station", "time", "data", "evse_id", "connector_id", "transaction_id", "received_at",
        "source_seq", "flags", "lineage", "schema", "time_basis"})
    void wrongTypeIsNamed(String field) {
        ObjectNode line = (ObjectNode) json(START);
        line.put(field, true);

        assertThat(read(line).faults()).extracting(EventFault::field, EventFault::code)
                .containsExactly(tuple(field, EventFault.Code.WRONG_TYPE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "connector.status;{};data.status;REQUIRED",
        "connector.status;{'status':'Free'};data.status;BAD_VALUE",
        "connector.status;{'status':'Offline'};data.status;BAD_VALUE",
        "transaction.started;{'meter_start_wh':'1'};data.meter_start_wh;WRONG_TYPE",
        "transaction.started;{'id_token':''};data.id_token;BAD_VALUE",
        "transaction.updated;{};data.seq;REQUIRED",
        "transaction.updated;{'seq':-1};data.seq;BAD_VALUE",
        "transaction.ended;{'reason':'Bored'};data.reason;BAD_VALUE",
        "transaction.identified;{'auth_status':'Accepted'};data.start_key;REQUIRED",
        "authorization;{'result':'Accepted'};data.id_token;REQUIRED",
        "authorization;{'id_token':'AA'};data.result;REQUIRED",
        "meter.values;{};data.readings;REQUIRED",
        "meter.values;{'readings':{}};data.readings;WRONG_TYPE",
        "station.connected;{};data.connection_id;REQUIRED",
        "session.reported;{'start':'2026-03-02T12:00:00Z','end':'2026-03-02T12:00:00Z','id_token':'A'};data.energy_wh;REQUIRED"
    })
    void dataFaultIsNamedWithItsPath(String type, String data, String field, EventFault.Code code) {
        ObjectNode line = (ObjectNode) json(START);
        line.put("type", type);
        line.set("data", json(data));

        assertThat(read(line).faults()).extracting(EventFault::field, EventFault::code)
                .containsExactly(tuple(field, code));
    }

    @Test
    void anUnknownTypeIsNamedBeforeTheDataThatIsMissing() {
        List<EventFault> faults = read(json("{'id':'1','type':'transaction.begin','station':'C','time':'2026-03-02T12:00:00Z'}")).faults();

        assertThat(faults).extracting(EventFault::field, EventFault::code)
                .containsExactly(tuple("type", EventFault.Code.UNSUPPORTED_TYPE), tuple("data", EventFault.Code.REQUIRED));
    }

    @Test
    void allFaultsAreReportedAtOnce() {
        List<EventFault> faults = read(json("{'id':' ','type':'meter.values','transaction_id':'-1','time':'yesterday',"
                + "'data':{'readings':[{'time':'2026-03-02T12:00:00Z','measurand':'X','value':'1','unit':'kWh'}]}}")).faults();

        assertThat(faults).extracting(EventFault::field).containsExactlyInAnyOrder("id", "station", "transaction_id",
                "time", "data.readings[0].value", "data.readings[0].unit");
    }

    @Test
    void whatIsNoEventIsAFaultNotAnException() {
        assertThat(read(json("[]")).faults()).hasSize(1);
        assertThat(read(null).faults()).hasSize(1);
        assertThat(read(json("{'kind':'frame'}")).readable()).isFalse();
        assertThat(read(json(START.replace("transaction.started", "adapter.anomaly"))).faults())
                .extracting(EventFault::code).containsExactly(EventFault.Code.UNSUPPORTED_TYPE);
    }

    @Test
    void timeWithoutOffsetIsAFault() {
        assertThat(read(json(START.replace("+01:00", ""))).faults()).extracting(EventFault::field)
                .containsExactly("time");
    }

    @Test
    void fullEnvelopeStaysAsItIsWithUnknownMembers() {
        JsonNode line = json("{'schema':'charging-event/1','id':'5b0f6a3c9e21d7448a90cc13ff0e62d1','type':'transaction.ended',"
                + "'source':'backend','station':'CP-S08','evse_id':1,'connector_id':1,'transaction_id':'3001',"
                + "'time':'2026-03-02T09:01:10.000Z','time_raw':'2026-03-02T09:01:10Z','time_basis':'STATION_UTC',"
                + "'received_at':'2026-03-02T09:01:10.420Z','flags':['TXID_RESOLVED'],'lineage':{'adapter':'ocpp16',"
                + "'adapter_version':'1.4.0','rules':[{'id':'delta.txid_none','field':'transaction_id'}]},"
                + "'data':{'meter_stop_wh':111000,'reason':'Local','colour':'blue'},'extra':[1]}");
        ChargingEvent event = read(line).event();

        assertThat(event.toJson()).isEqualTo(line);
        assertThat(event.envelope().ruleIds()).containsExactly("delta.txid_none");
    }

    @Test
    void foreignSourceNameIsReplacedVisibly() {
        ChargingEvent event = accepted(START.replace("'id'", "'source':'someone else','id'"));

        assertThat(event.envelope().source()).isEqualTo("backend");
        assertThat(event.envelope().ruleIds()).containsExactly("backend.source");
    }

    @Test
    void startWithoutTransactionIsIdentifiedByItsFourRawValues() {
        String line = START.replace("'transaction_id':'77',", "");
        String key = ((ChargingEvent.TransactionStarted) accepted(line)).startKey();

        assertThat(key).matches("[0-9a-f]{32}");
        assertThat(((ChargingEvent.TransactionStarted) accepted(line.replace("'e1'", "'e2'"))).startKey()).isEqualTo(key);
        assertThat(((ChargingEvent.TransactionStarted) accepted(line.replace("AA1", "AA2"))).startKey()).isNotEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:10Z, 2026-03-02T12:00:00Z, CLOCK_INVALID",
        "2026-03-02T14:00:10Z, 2026-03-02T12:00:00Z, CLOCK_ZONE_SHIFT",
        "2026-03-02T12:11:00Z, 2026-03-02T12:00:00Z, CLOCK_FUTURE",
        "2026-03-02T11:00:00Z, 2026-03-02T11:00:00Z, LATE_DELIVERY",
        "2026-03-02T12:05:00Z, 2026-03-02T12:05:00Z, "
    })
    void clockRulesRunWhereTheReceiptIsKnown(String sent, String time, String flag) {
        String line = START.replace("2026-03-02T12:59:58+01:00", sent)
                .replace("'data'", "'connector_id':1,'received_at':'2026-03-02T12:00:00Z','data'");
        Envelope envelope = accepted(line).envelope();

        assertThat(envelope.time()).isEqualTo(time);
        assertThat(envelope.flags()).isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @Test
    void withoutReceiptNoClockIsBlamed() {
        Envelope envelope = accepted(START.replace("2026-03-02T12", "2026-02-02T12")).envelope();

        assertThat(envelope.flags()).doesNotContain("LATE_DELIVERY").contains("RECEIPT_TIME_MISSING");
    }

    @Test
    void startsSortBeforeTheirReadingsWhereNothingElseTells() {
        ChargingEvent start = accepted(START.replace("'e1'", "'zz'"));
        ChargingEvent reading = accepted(START.replace("transaction.started", "meter.values")
                .replace("{'id_token':'AA1'}", "{'readings':[]}").replace("'e1'", "'aa'"));

        assertThat(EventOrder.COMPARATOR.compare(start, reading)).isNegative();
    }

    private static ChargingEvent accepted(String line) {
        EventReader.Result result = read(json(line));
        assertThat(result.faults()).isEmpty();
        return result.event();
    }

    private static EventReader.Result read(JsonNode line) {
        return EventReader.read(line, "backend", ARRIVED);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }
}
