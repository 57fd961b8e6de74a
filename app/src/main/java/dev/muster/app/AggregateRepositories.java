package dev.muster.app;

import dev.muster.app.MusterProperties.Engine;
import dev.muster.command.KeptAggregates;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.modelling.command.RepositorySpanFactory;
import org.axonframework.modelling.command.inspection.AggregateMetaModelFactory;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;

/** Makes the repository of an aggregate of what Axon has defined for it, as Axon would. */
final class AggregateRepositories {

    private AggregateRepositories() {}

    /** @param aggregate what configures it */
    @SuppressWarnings("unchecked")
    static <T> EventSourcingRepository<T> of(BeanFactory beans, BeanDefinition aggregate) {
        var arguments = aggregate.getConstructorArgumentValues();
        var type = (Class<T>) value(arguments.getArgumentValue(0, Class.class));
        var subtypes = Set.copyOf((Collection<Class<? extends T>>) value(arguments.getArgumentValue(1, Set.class)));
        var axon = beans.getBean(Configuration.class);
        // The same model as for its commands: to make one takes a while.
        var models = axon.getComponent(
                AggregateMetaModelFactory.class,
                () -> new AnnotatedAggregateMetaModelFactory(
                        axon.parameterResolverFactory(), axon.handlerDefinition(type)));
        var builder = EventSourcingRepository.builder(type)
                .aggregateModel(models.createModel(type, subtypes))
                .snapshotTriggerDefinition(
                        named(beans, aggregate, "snapshotTriggerDefinition", SnapshotTriggerDefinition.class))
                .aggregateFactory(named(beans, aggregate, "aggregateFactory", AggregateFactory.class))
                .repositoryProvider(axon::repository)
                .spanFactory(axon.getComponent(RepositorySpanFactory.class));
        var cache = named(beans, aggregate, "cache", Cache.class);
        if (beans.getBean(MusterProperties.class).engine() == Engine.EMBEDDED
                && !aggregate.getPropertyValues().contains("lockFactory")) {
            return KeptAggregates.of(builder, axon.eventStore(), cache);
        }
        if (aggregate.getPropertyValues().contains("lockFactory")) {
            builder.lockFactory(named(beans, aggregate, "lockFactory", LockFactory.class));
        }
        return builder.eventStore(axon.eventStore()).cache(cache).build();
    }

    private static Object value(
            org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder argument) {
        return Objects.requireNonNull(argument.getValue());
    }

    private static <B> B named(BeanFactory beans, BeanDefinition aggregate, String property, Class<B> type) {
        return beans.getBean(
                (String) Objects.requireNonNull(aggregate.getPropertyValues().get(property)), type);
    }
}
