package dev.muster.whatif;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.view.ViewDefinition;
import dev.muster.view.ViewStore;
import dev.muster.world.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathHandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.MultiHandlerDefinition;
import org.axonframework.messaging.annotation.MultiHandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;

/**
 * The whole of a domain, in memory and on a virtual clock: commands are handled by its aggregates, events are folded into a
 * World and handed to its sagas, and what these send is handled in turn, until nothing is left to be done. It has no threads;
 * everything happens in the one that uses it, outside of any unit of work.
 */
public final class Sandbox {

    private final SandboxStore store;
    private final AlteredLog history;
    private final World world;
    private final Limits limits;
    private final VirtualClock clock;
    private final VirtualDeadlines deadlines;
    private final EventStore events;
    private final SimpleCommandBus commands;
    private final QueryGateway queries;
    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();
    private final List<SandboxKit.Attendant> attendants;
    private final SandboxSagas sagas;
    private final SandboxKit kit;
    private final IndexedSagaStore sagaStore = new IndexedSagaStore();
    private final Deque<Runnable> later = new ArrayDeque<>();

    /**
     * @param world stands at the end of the history, and is moved by what happens here
     * @throws Refusal if a handler asks for something that a sandbox does not have
     */
    Sandbox(SandboxKits kits, AlteredLog history, World world, Instant start, Limits limits) {
        this.history = history;
        this.world = world;
        this.limits = limits;
        this.store = new SandboxStore(history, world.position());
        this.clock = new VirtualClock(start);
        this.deadlines = new VirtualDeadlines(clock);
        this.events = EmbeddedEventStore.builder().storageEngine(store).build();
        this.commands = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        this.queries = queryGateway(world);
        this.kit = kits.open(this);
        events.registerDispatchInterceptor(kit.eventStamps());
        kit.commandInterceptors().forEach(commands::registerHandlerInterceptor);
        var resources = new ArrayList<>(kit.resources());
        resources.addAll(List.of(clock, deadlines, queries, commands));
        try {
            subscribe(resources);
            this.sagas = new SandboxSagas(kit.sagas(), sagaStore, parameters(resources));
        } catch (AxonConfigurationException e) {
            throw new Refusal(new Problem(
                    "what-if-unsupported",
                    "A handler can't run in a sandbox",
                    422,
                    "A handler asks for something that is not there in a sandbox, since it might lead out of it: "
                            + e.getMessage() + ". Say by a SandboxResource bean what it is given there."));
        }
        this.attendants = kit.attendants();
    }

    private static QueryGateway queryGateway(World world) {
        var bus = SimpleQueryBus.builder().build();
        world.subscribeTo(bus);
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    private void subscribe(List<Object> resources) {
        var parameters = parameters(resources);
        var handlers = MultiHandlerDefinition.ordered(
                MultiHandlerEnhancerDefinition.ordered(
                        ClasspathHandlerEnhancerDefinition.forClass(getClass()), kit.commandEnhancer()),
                ClasspathHandlerDefinition.forClass(getClass()));
        for (var type : kit.aggregates()) {
            subscribe(type, parameters, handlers);
        }
        for (var handler : kit.commandHandlers()) {
            new AnnotationCommandHandlerAdapter<>(handler, parameters).subscribe(commands);
        }
    }

    private <T> void subscribe(Class<T> aggregate, ParameterResolverFactory parameters, HandlerDefinition handlers) {
        var repository = EventSourcingRepository.builder(aggregate)
                .eventStore(events)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .<EventSourcingRepository<T>>build();
        repositories.put(aggregate, repository);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .repository(repository)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .build()
                .subscribe(commands);
    }

    private static ParameterResolverFactory parameters(List<Object> resources) {
        return MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(Sandbox.class),
                new SimpleResourceParameterResolverFactory(resources));
    }

    // ---- what a kit may use

    public VirtualClock clock() {
        return clock;
    }

    public CommandBus commands() {
        return commands;
    }

    /** Asks the World of this sandbox. */
    public QueryGateway queries() {
        return queries;
    }

    public EventStore events() {
        return events;
    }

    /** All events so far, those of the changed history and those that came of it; to be closed. */
    public Stream<TrackedEventMessage<?>> log() {
        return Stream.concat(history.events(), store.appended().stream());
    }

    /** What sagas know. */
    public SagaStore<Object> sagaStore() {
        return sagaStore;
    }

    /** The views of the World of this sandbox. */
    public <V> ViewStore<V> views(ViewDefinition<V> definition) {
        return world.views(definition);
    }

    @SuppressWarnings("unchecked")
    public <T> Repository<T> repository(Class<T> aggregate) {
        return (Repository<T>) repositories.get(aggregate);
    }

    /** Has something done once what is being done is done. */
    public void later(Runnable work) {
        later.add(work);
    }

    // ---- what happens in it

    /** Lets the sagas know the history, and has what they owe sent, and seen to what is due. */
    void begin() throws Exception {
        if (!kit.sagas().isEmpty()) {
            try (var all = history.events()) {
                for (var each = all.iterator(); each.hasNext(); ) {
                    limits.check();
                    sagas.handle(each.next());
                }
            }
        }
        kit.sagasKnowTheHistory();
        settle();
    }

    /** Handles a command, and everything that follows from it at once. */
    CommandResultMessage<?> handle(CommandMessage<?> command) throws Exception {
        var answer = new FutureCallback<Object, Object>();
        commands.dispatch(command, answer);
        var result = answer.getResult();
        settle();
        return result;
    }

    /** Moves the clock, and lets everything happen on the way at its time. */
    void moveTo(Instant moment) throws Exception {
        for (Optional<Instant> next; (next = next().filter(one -> !one.isAfter(moment))).isPresent(); ) {
            limits.check();
            clock.moveTo(next.get());
            settle();
        }
        clock.moveTo(moment);
        settle();
    }

    private Optional<Instant> next() {
        var now = clock.instant();
        return Stream.concat(
                        deadlines.next().stream(),
                        attendants.stream().flatMap(attendant -> attendant.nextAfter(now).stream()))
                .min(Instant::compareTo);
    }

    private void settle() throws Exception {
        for (var busy = true; busy; ) {
            limits.step();
            busy = fold() || fireDeadlines() || doLater() || look();
        }
    }

    private boolean fold() throws Exception {
        var fresh = store.takeNew();
        for (var event : fresh) {
            world.fold(event);
            sagas.handle(event);
        }
        return !fresh.isEmpty();
    }

    private boolean fireDeadlines() throws Exception {
        var due = deadlines.takeDue();
        for (var deadline : due) {
            sagas.fire(deadline);
        }
        return !due.isEmpty();
    }

    private boolean doLater() {
        var work = later.poll();
        if (work != null) {
            work.run();
        }
        return work != null;
    }

    private boolean look() throws Exception {
        var done = false;
        for (var attendant : attendants) {
            done |= attendant.look();
        }
        return done;
    }

    /** The events that came of what happened here, so far. */
    public List<TrackedEventMessage<?>> appended() {
        return store.appended();
    }
}
