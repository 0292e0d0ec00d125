package org.roaminghub.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.roaminghub.partners.Partners;
import org.roaminghub.partners.QuirkCounts;
import org.roaminghub.partners.config.Quirk;
import org.roaminghub.partners.config.Quirks;

/** What an answer means at a partner that uses status codes in its own way; the codes themselves stay as they came. */
@ApplicationScoped
class AnswerReading {
    private final Partners partners;
    private final QuirkCounts counts;

    AnswerReading(Partners partners, QuirkCounts counts) {
        this.partners = partners;
        this.counts = counts;
    }

    Quirks quirks(String partner) {
        return partners.config(partner).map(config -> config.quirks()).orElse(Quirks.NONE);
    }

    Outcome read(String partner, Quirks quirks, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return outcome;
        }
        Optional<Verdict> meaning = agreed(quirks, answered);
        if (meaning.isPresent()) {
            counts.applied(partner, Quirk.ANSWER_MEANS);
            return answered.meaning(meaning.get());
        }
        // Without an envelope there is nothing to contradict the HTTP status.
        boolean bare = answered.ocpiStatus().isEmpty() && !answered.body().isBlank() && answered.httpStatus() >= 200 && answered.httpStatus() < 300;
        if (bare && quirks.has(Quirk.ANSWER_WITHOUT_ENVELOPE)) {
            counts.applied(partner, Quirk.ANSWER_WITHOUT_ENVELOPE);
            return answered.meaning(Verdict.ACCEPTED);
        }
        return outcome;
    }

    /** The OCPI code is looked for first: it is the closer description. */
    private static Optional<Verdict> agreed(Quirks quirks, Outcome.Answered answered) {
        List<Quirks.Pair> agreed = quirks.pairs(Quirk.ANSWER_MEANS);
        String ocpi = answered.ocpiStatus().map(String::valueOf).orElse("");
        String http = "http-" + answered.httpStatus();
        return agreed.stream().filter(each -> each.left().equals(ocpi)).findFirst()
                .or(() -> agreed.stream().filter(each -> each.left().equals(http)).findFirst())
                .map(each -> Verdict.valueOf(each.right().toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
