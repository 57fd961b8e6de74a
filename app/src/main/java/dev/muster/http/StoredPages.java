package dev.muster.http;

import dev.muster.app.StoredLog;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.store.StoredEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Pages of the log as it is stored: what the events looked like when they were written. */
@Component
class StoredPages {

    /** What {@code form=} may be. */
    static final String FORM = "stored";

    /** What goes with it. */
    private static final Set<String> PARAMETERS = Set.of("form", "entity", "after", "limit");

    private final ObjectProvider<StoredLog> log;

    StoredPages(ObjectProvider<StoredLog> log) {
        this.log = log;
    }

    /**
     * Whether a request asks for the stored form.
     *
     * @throws InvalidField if it asks for one that there isn't, or for what doesn't go with it
     */
    static boolean isAskedBy(HttpServletRequest request, boolean live) {
        var form = request.getParameter("form");
        if (form == null) {
            return false;
        }
        if (!form.equals(FORM)) {
            throw new InvalidField("form", "must be " + FORM + " or be left out, but is " + form);
        }
        if (live) {
            throw new InvalidField("form", "can be " + FORM + " for pages only, not for an event stream");
        }
        request.getParameterMap().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidField(name, "does not go with form=stored, which knows entity, after and limit");
                });
        return true;
    }

    /** The events after that position, so many at most, with what the next page begins after. */
    Page<StoredEvent> read(@Nullable String entity, long after, int limit) {
        var engine = log.getIfAvailable();
        if (engine == null) {
            throw new Refusal(new Problem(
                    "stored-form-unavailable",
                    "The stored form can't be had from this engine",
                    501,
                    "This engine hands out events as they read now, not as they were stored. Leave out form=stored, or"
                            + " use the engine embedded."));
        }
        List<StoredEvent> found;
        try (var events = engine.read(entity, after + 1)) {
            found = events.limit(limit + 1L).toList();
        }
        var more = found.size() > limit;
        var items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? Long.toString(items.get(limit - 1).position()) : null);
    }
}
