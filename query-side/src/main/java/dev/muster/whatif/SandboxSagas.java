package dev.muster.whatif;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.SagaStore;

/** The sagas of a sandbox, handled one event after the other. */
final class SandboxSagas {

    private final SagaStore<Object> store;
    private final List<AnnotatedSagaManager<?>> managers = new ArrayList<>();

    SandboxSagas(List<Class<?>> types, SagaStore<Object> store, ParameterResolverFactory parameters) {
        this.store = store;
        types.forEach(type -> managers.add(manager(type, parameters)));
    }

    private <T> AnnotatedSagaManager<T> manager(Class<T> type, ParameterResolverFactory parameters) {
        var handlers = ClasspathHandlerDefinition.forClass(type);
        var repository = AnnotatedSagaRepository.<T>builder()
                .sagaType(type)
                .sagaStore(store)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .build();
        return AnnotatedSagaManager.<T>builder()
                .sagaType(type)
                .sagaRepository(repository)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers)
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    void handle(EventMessage<?> event) throws Exception {
        for (var manager : managers) {
            if (manager.canHandle(event, Segment.ROOT_SEGMENT)) {
                in(event, () -> manager.handle(event, Segment.ROOT_SEGMENT));
            }
        }
    }

    /** A saga that has ended meanwhile is told nothing. */
    void fire(VirtualDeadlines.Scheduled deadline) throws Exception {
        for (var manager : managers) {
            if (manager.canResolve(deadline.scope())) {
                in(deadline.message(), () -> manager.send(deadline.message(), deadline.scope()));
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void in(EventMessage<?> message, Work work) throws Exception {
        var result = DefaultUnitOfWork.startAndGet(message).executeWithResult(() -> {
            work.run();
            return null;
        });
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof Exception e
                    ? e
                    : new IllegalStateException(result.exceptionResult());
        }
    }
}
