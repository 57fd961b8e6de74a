package dev.muster.world;

import dev.muster.digest.Digest;
import dev.muster.history.LogReader;
import dev.muster.view.DigestedViews;
import dev.muster.view.InMemoryViewStores;
import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewStore;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The read side as of some position: the domain's projections and query handlers over views in memory, which have been given
 * the log up to there. One thread moves it; once it stands still, any number may ask it.
 */
public final class World {

    private final Domain domain;
    private final LogReader log;
    private final InMemoryViewStores stores;
    private final Projections projections;
    private final List<Object> queries = new ArrayList<>();
    private long position;

    /** @param log read by queries as far as the World has come */
    public World(Domain domain, LogReader log) {
        this(domain, log, new InMemoryViewStores(), -1);
    }

    World(Domain domain, LogReader log, InMemoryViewStores stores, long position) {
        this.domain = domain;
        this.log = log;
        this.stores = stores;
        this.position = position;
        domain.views().forEach(stores::open);
        var parts = new Parts(domain, stores, log.upTo(this::position), (DigestedViews) this::digest);
        this.projections = new Projections(parts, domain.projections());
        domain.queries().forEach(handler -> queries.add(parts.make(handler)));
    }

    /** Another World that stands where this one does. The two share their views, which are never changed in place. */
    public World fork() {
        return new World(domain, log, stores.fork(), position);
    }

    /** The position of the last event that it has folded; -1 before the first. */
    public long position() {
        return position;
    }

    /** All its views; not to be written to from outside. */
    public InMemoryViewStores stores() {
        return stores;
    }

    /** The digest of its views; the live views have the same at the same position. */
    public Digest digest() {
        return stores.digest(position);
    }

    /** The views of that definition, as they are here. */
    public <V> ViewStore<V> views(ViewDefinition<V> definition) {
        return stores.open(definition);
    }

    /**
     * Folds the next event.
     *
     * @throws FoldException if a projection fails; the World is of no use from then on
     */
    public void fold(TrackedEventMessage<?> event) {
        projections.fold(event);
        position = event.trackingToken().position().orElse(position);
    }

    /** Whether any of its projections looks at events of that type. */
    public boolean handles(Class<?> payload) {
        return projections.handle(payload);
    }

    /** Says that nothing that concerns it happened up to there: what was left out is of entities it is not asked about. */
    public void standsAt(long reached) {
        position = reached;
    }

    /** Has its query handlers answer on that bus. */
    public void subscribeTo(QueryBus bus) {
        queries.forEach(handler -> new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus));
    }

    /**
     * Answers a query by the handler that Axon would choose.
     *
     * @throws NoHandlerForQueryException if there is none
     */
    public @Nullable Object answer(QueryMessage<?, ?> query) throws Exception {
        for (var candidate : queries) {
            var handler = Handlers.of(candidate.getClass()).find(query);
            if (handler.isPresent()) {
                return handler.get().handle(query, candidate);
            }
        }
        throw new NoHandlerForQueryException("No query handler of this World answers " + query.getQueryName() + ".");
    }
}
