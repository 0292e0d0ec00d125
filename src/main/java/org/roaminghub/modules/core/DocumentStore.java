package org.roaminghub.modules.core;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.roaminghub.delivery.DocumentSource.ObjectKey;
import org.roaminghub.ocpi.ModuleId;
import org.roaminghub.ocpi.PartyId;

/** The table of documents. EVSEs, which are rows of their own, are the business of {@code modules.locations}. */
@ApplicationScoped
public class DocumentStore {
    private static final String COLUMNS = "module, owner, id, spelled, recipient, source, body, last_updated, updated_at";

    private final Jdbi jdbi;

    DocumentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The document, locked until the end of the transaction. Deleted ones are absent. */
    public Optional<Document> lock(Handle transaction, ModuleId module, PartyId owner, String key) {
        Optional<Document> stored = lockRow(transaction, module, owner, key);
        if (stored.isPresent()) {
            return stored;
        }
        // There is no row to lock yet, and still two first versions at once must come one after the other: the older one of a
        // Location would win, or two contents of one CDR would both be taken.
        transaction.createQuery("select cast(pg_advisory_xact_lock(hashtextextended(:key, 0)) as text)")
                .bind("key", module.id() + "/" + owner + "/" + key).mapTo(String.class).one();
        return lockRow(transaction, module, owner, key);
    }

    private static Optional<Document> lockRow(Handle transaction, ModuleId module, PartyId owner, String key) {
        return transaction.select("select " + COLUMNS + " from document where module = ? and owner = ? and id = ? and not deleted for update",
                module.id(), owner.toString(), key).map((row, context) -> document(row)).findOne();
    }

    public Optional<Document> find(ModuleId module, PartyId owner, String key) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document where module = ? and owner = ? and id = ? and not deleted",
                module.id(), owner.toString(), key).map((row, context) -> document(row)).findOne());
    }

    public List<Document> findAll(ModuleId module, PartyId owner, Collection<String> keys) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document where module = ? and owner = ? and id = any(?) and not deleted",
                module.id(), owner.toString(), keys.toArray(String[]::new)).map((row, context) -> document(row)).list());
    }

    /** All documents of a module of which there are few. */
    public List<Document> all(ModuleId module) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document where module = ? and not deleted", module.id())
                .map((row, context) -> document(row)).list());
    }

    /** Documents of several owners, each named by owner and key. */
    public List<Document> findAll(ModuleId module, List<ObjectKey> objects) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document join unnest(cast(? as text[]), cast(? as text[])) as wanted (of_owner, of_id) "
                        + "on owner = of_owner and id = of_id where module = ? and not deleted",
                objects.stream().map(object -> object.owner().toString()).toArray(String[]::new), objects.stream().map(ObjectKey::object).toArray(String[]::new), module.id())
                .map((row, context) -> document(row)).list());
    }

    /** Documents of this key of any owner, for the few ids that come without one (a card number at a charger). */
    public List<Document> findByKey(ModuleId module, String key) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document where module = ? and id = ? and not deleted", module.id(), key)
                .map((row, context) -> document(row)).list());
    }

    /** Stores a new or newer version. */
    public void write(Handle transaction, Document document) {
        transaction.execute("""
                insert into document (module, owner, id, spelled, recipient, source, body, last_updated, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (module, owner, id) do update set spelled = excluded.spelled, recipient = excluded.recipient, source = excluded.source,
                    body = excluded.body, last_updated = excluded.last_updated, updated_at = excluded.updated_at, deleted = false""",
                document.module().id(), document.owner().toString(), document.key(), document.spelled(),
                document.recipient() == null ? null : document.recipient().toString(), document.source(), document.body(), document.lastUpdated(), utc(document));
    }

    /** Moves only the time of a document, as a change within it does (LOC-11). */
    public void touch(Handle transaction, Document document) {
        transaction.execute("update document set last_updated = ?, updated_at = ? where module = ? and owner = ? and id = ? and updated_at < ?",
                document.lastUpdated(), utc(document), document.module().id(), document.owner().toString(), document.key(), utc(document));
    }

    public boolean delete(Handle transaction, ModuleId module, PartyId owner, String key) {
        return transaction.execute("update document set deleted = true where module = ? and owner = ? and id = ? and not deleted", module.id(), owner.toString(), key) == 1;
    }

    /** Deleted documents among these, so that delivery can say DELETE. */
    List<Document> deleted(ModuleId module, PartyId owner, Collection<String> keys) {
        return jdbi.withHandle(handle -> handle.select("select " + COLUMNS + " from document where module = ? and owner = ? and id = any(?) and deleted",
                module.id(), owner.toString(), keys.toArray(String[]::new)).map((row, context) -> document(row)).list());
    }

    private static OffsetDateTime utc(Document document) {
        return document.updatedAt().atOffset(ZoneOffset.UTC);
    }

    private static Document document(ResultSet row) throws SQLException {
        String recipient = row.getString("recipient");
        return new Document(ModuleId.of(row.getString("module")).orElseThrow(), PartyId.parse(row.getString("owner")), row.getString("id"), row.getString("spelled"),
                recipient == null ? null : PartyId.parse(recipient), row.getString("source"), row.getString("body"), row.getString("last_updated"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
