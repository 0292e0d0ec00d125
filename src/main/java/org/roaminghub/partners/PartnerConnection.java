package org.roaminghub.partners;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** What a registration with a partner left behind: tokens, endpoints, version. Who the partner is stands in its file. */
@Entity
@Table(name = "partner_connection")
public class PartnerConnection extends PanacheEntityBase {

    /** PLANNED: never registered. UNREGISTERED: was registered, is not any more. */
    public enum State {
        PLANNED,
        REGISTERED,
        UNREGISTERED
    }

    @Id
    public String partner;
    @Enumerated(EnumType.STRING)
    public State state;
    /** Hash of the TOKEN_A that was used up (a TOKEN_A opens POST credentials once). */
    @Column(name = "used_token_a_hash")
    public String usedTokenAHash;
    /** Keyed hash of the token the partner calls us with. */
    public String ourTokenHash;
    /** The one before, good until {@link #previousTokenUntil}, for requests that were under way. */
    public String previousTokenHash;
    public Instant previousTokenUntil;
    /** Keyed hash of a token we are offering in a handshake that is not finished. */
    public String offeredTokenHash;
    /** Encrypted: the token we call the partner with. */
    public byte[] theirToken;
    public String versionsUrl;
    public String version;
    /** JSON array of the endpoints in the partner's version details. */
    public String endpoints;
    /** JSON array of the roles in the partner's credentials. */
    public String roles;
    public Instant registeredAt;
    /** Since when the tokens are in force. */
    public Instant tokenSince;
    public Instant updatedAt;

    /** Until the end of the transaction nobody else changes this partner's row, whether it exists already or not. */
    static void lock(String partner) {
        getEntityManager().createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:key, 0)) as text)", String.class)
                .setParameter("key", "partner/" + partner).getSingleResult();
    }

    static Optional<PartnerConnection> of(String partner) {
        return findByIdOptional(partner);
    }

    static Optional<PartnerConnection> byTokenHash(String hash, Instant now) {
        return find("ourTokenHash = ?1 or offeredTokenHash = ?1 or (previousTokenHash = ?1 and previousTokenUntil > ?2)", hash, now).firstResultOptional();
    }
}
