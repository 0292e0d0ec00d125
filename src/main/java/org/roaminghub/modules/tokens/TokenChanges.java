package org.roaminghub.modules.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.delivery.Feed;
import org.roaminghub.delivery.FeedEntry;
import org.roaminghub.modules.core.Document;
import org.roaminghub.modules.core.DocumentStore;
import org.roaminghub.modules.tokens.WhitelistRules.Whitelist;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;
import org.roaminghub.ocpi.schema.StrictJson;
import org.roaminghub.partners.Partners;

/**
 * The tokens that a charging station of a CPO may keep in its local list, and what has to go from it since a caller last asked
 * (contracts §4). Follows the feed, so a call costs what has changed.
 */
@ApplicationScoped
public class TokenChanges {
    private final Feed feed;
    private final DocumentStore store;
    private final Partners partners;

    TokenChanges(Feed feed, DocumentStore store, Partners partners) {
        this.feed = feed;
        this.store = store;
        this.partners = partners;
    }

    /**
     * A part of what has changed.
     *
     * @param keep    tokens to put into the list, in their newest form
     * @param remove  tokens to take out of it: no longer valid, or no longer to be accepted without asking
     * @param parties eMSPs all of whose tokens are to be taken out: there is no agreement with them any more
     * @param since   for the next call; null while there is more
     * @param next    cursor of the next part; null on the last one
     */
    public record Page(List<JsonNode> keep, List<JsonNode> remove, Set<PartyId> parties, String since, String next) {
    }

    /**
     * Begins a walk.
     *
     * @param since of the answer before; null for everything
     * @throws IllegalArgumentException if it is none of ours
     */
    public Page since(Collection<PartyId> cpos, String since, int limit) {
        TokenWalk.Known known = since == null ? TokenWalk.Known.NOTHING : TokenWalk.Known.parse(since);
        Set<PartyId> emsps = emspsOf(cpos);
        TokenWalk walk = TokenWalk.begin(known, feed.horizon(), emsps);
        return read(walk, emsps, walk.lost(), limit);
    }

    /** Goes on. @throws IllegalArgumentException if the cursor is none of ours */
    public Page next(Collection<PartyId> cpos, String cursor, int limit) {
        return read(TokenWalk.parse(cursor), emspsOf(cpos), Set.of(), limit);
    }

    private Set<PartyId> emspsOf(Collection<PartyId> cpos) {
        return cpos.stream().flatMap(cpo -> partners.agreements().emspsOf(cpo).stream()).collect(Collectors.toSet());
    }

    private Page read(TokenWalk walk, Set<PartyId> allowed, Set<PartyId> lost, int limit) {
        // A cursor may be older than the end of an agreement, and is in the caller's hands.
        List<Feed.Standing> ahead = walk.ahead().stream().filter(standing -> allowed.contains(standing.owner())).toList();
        List<FeedEntry> read = feed.changes(ModuleId.TOKENS, ahead, walk.upTo(), limit + 1);
        List<FeedEntry> changes = read.subList(0, Math.min(limit, read.size()));
        Map<ObjectKey, JsonNode> tokens = store.findAll(ModuleId.TOKENS, changes.stream().map(change -> new ObjectKey(change.owner(), change.object())).toList()).stream()
                .collect(Collectors.toMap(TokenChanges::key, document -> StrictJson.parse(document.body()), (first, second) -> first));
        List<JsonNode> keep = new ArrayList<>();
        List<JsonNode> remove = new ArrayList<>();
        for (FeedEntry change : changes) {
            JsonNode token = tokens.get(new ObjectKey(change.owner(), change.object()));
            if (mayBeKept(token)) {
                keep.add(token);
            } else if (walk.knew(change.owner())) {
                remove.add(token);
            }
        }
        if (read.size() <= limit) {
            return new Page(keep, remove, lost, walk.goal().text(), null);
        }
        FeedEntry last = changes.get(limit - 1);
        return new Page(keep, remove, lost, null, walk.at(last.owner(), last.place()).cursor());
    }

    private static ObjectKey key(Document document) {
        return new ObjectKey(document.owner(), document.key());
    }

    private static boolean mayBeKept(JsonNode token) {
        return token.path("valid").asBoolean() && Whitelist.of(token.path("whitelist").asText()) != Whitelist.NEVER;
    }
}
