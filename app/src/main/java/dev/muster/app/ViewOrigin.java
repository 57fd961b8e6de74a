package dev.muster.app;

import dev.muster.evolution.EventUpcasters;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.index.IndexCatchUp;
import dev.muster.index.RocksLogIndex;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewProgress;
import dev.muster.view.ViewStore;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Knows which log the views were folded from and in which form they are kept. Where either is another now, or the views
 * stand where the log has another event, they are thrown away before their processor starts, and folded again. The index of
 * the log sees to that by itself, and only has to be where the views are.
 */
@Component
class ViewOrigin {

    private static final Logger LOG = LoggerFactory.getLogger(ViewOrigin.class);

    private final JdbcTemplate database;
    private final LogOrigin log;
    private final Serializer serializer;

    /**
     * @param views all of them, so that they are open before they are compared
     * @param upcasters by which events are read in other forms than they are stored in
     * @param sagas and {@code deadlines}, so that their tables are there: they are thrown away with the views
     * @param index brought to where the views stand, should it lack something of that
     */
    ViewOrigin(
            DataSource dataSource,
            TokenStore tokens,
            LogOrigin log,
            Serializer serializer,
            JdbcViewStores stores,
            List<ViewStore<?>> views,
            List<EventUpcaster> upcasters,
            SagaStore<?> sagas,
            Sagas kinds,
            DeadlineManager deadlines,
            ViewProgress progress,
            RocksLogIndex index,
            LogSource source) {
        this.database = new JdbcTemplate(dataSource);
        this.log = log;
        this.serializer = serializer;
        database.execute("CREATE TABLE IF NOT EXISTS view_origin (name VARCHAR(40) PRIMARY KEY, text VARCHAR(200))");
        var shape = String.join(" ", stores.fingerprint(), EventUpcasters.fingerprint(upcasters), kinds.shape());
        check(UUID.nameUUIDFromBytes(shape.getBytes(StandardCharsets.UTF_8)).toString(), stores);
        position().ifPresent(progress::startAt);
        new IndexCatchUp(index, source).upTo(progress.position());
        LOG.debug("{} kinds of views stand at position {} of {}", views.size(), progress.position(), log.head());
    }

    private void check(String shape, JdbcViewStores stores) {
        var reason = reasonToFoldAgain(shape);
        reason.ifPresent(why -> {
            LOG.info("The views are thrown away and folded again: {}", why);
            stores.clear();
            for (var table : List.of("TokenEntry", "SagaEntry", "AssociationValueEntry", "scheduled_tasks")) {
                database.update("DELETE FROM " + table);
            }
        });
        remember("log", log.identity().toString());
        remember("shape", shape);
        if (reason.isPresent()) {
            database.update("DELETE FROM view_origin WHERE name = 'event'");
        }
    }

    private Optional<String> reasonToFoldAgain(String shape) {
        var position = position();
        if (!recall("log")
                .orElse(log.identity().toString())
                .equals(log.identity().toString())) {
            return Optional.of("they were folded from another log");
        }
        if (!recall("shape").orElse(shape).equals(shape)) {
            return Optional.of("their form has changed, or that of events");
        }
        if (position.isPresent() && position.get() >= log.head()) {
            return Optional.of("they stand at position " + position.get() + ", past the end of the log");
        }
        var event = recall("event").map(text -> text.split(" ", 2));
        if (event.isPresent() && !log.eventIdAt(Long.parseLong(event.get()[0])).equals(Optional.of(event.get()[1]))) {
            return Optional.of("the log has another event at position " + event.get()[0]);
        }
        return Optional.empty();
    }

    /** Remembers an event that the views have folded, by which their log can be told from a copy that went another way. */
    void folded(long position) {
        log.eventIdAt(position).ifPresent(id -> remember("event", position + " " + id));
    }

    /** The position of the views' token. */
    private Optional<Long> position() {
        return database
                .query(
                        "SELECT token, tokenType FROM TokenEntry WHERE processorName = ? AND token IS NOT NULL",
                        (row, number) -> read(row.getBytes(1), row.getString(2)),
                        ViewConfiguration.PROCESSOR)
                .stream()
                .findFirst();
    }

    private Long read(byte[] token, String type) throws SQLException {
        TrackingToken read = serializer.deserialize(
                new SimpleSerializedObject<>(token, byte[].class, new SimpleSerializedType(type, null)));
        return read.position().orElse(-1);
    }

    private Optional<String> recall(String name) {
        return database
                .query("SELECT text FROM view_origin WHERE name = ?", (row, number) -> row.getString(1), name)
                .stream()
                .findFirst();
    }

    private void remember(String name, String text) {
        database.update("MERGE INTO view_origin (name, text) KEY (name) VALUES (?, ?)", name, text);
    }
}
