package dev.muster.subscription;

import dev.muster.app.MusterProperties;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewStore;
import dev.muster.whatif.SandboxResource;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Subscriptions: their view, where they may begin, and their delivery. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

    @Bean
    SubscriptionProjection subscriptionProjection(ViewStore<SubscriptionRow> subscriptions) {
        return new SubscriptionProjection(subscriptions);
    }

    @Bean
    SubscriptionQueries subscriptionQueries(ViewStore<SubscriptionRow> subscriptions) {
        return new SubscriptionQueries(subscriptions);
    }

    @Bean
    Beginnings beginnings(LogSource log) {
        return new LogBeginnings(log);
    }

    @Bean
    SandboxResource beginningsOfSandboxes() {
        return SandboxBeginnings::new;
    }

    @Bean(destroyMethod = "close")
    Deliveries deliveries(
            LogReader log,
            CommandGateway commands,
            EventStore events,
            ViewChanges changes,
            MusterProperties properties) {
        var deliveries = new Deliveries(log, new SystemSender(commands), Clock.systemUTC(), properties.subscription());
        events.subscribe(deliveries::appended);
        changes.listen((store, keys) -> deliveries.wake());
        return deliveries;
    }

    @Bean(destroyMethod = "close")
    Webhooks webhooks(
            Deliveries deliveries,
            ViewStore<SubscriptionRow> subscriptions,
            EventForm form,
            MusterProperties properties) {
        var limits = properties.subscription();
        var secrets = new WebhookSecrets(properties.home());
        var addresses = new WebhookAddresses(limits.webhookLinkLocal());
        var clock = Clock.systemUTC();
        return new Webhooks(
                deliveries, subscriptions, new WebhookCalls(form, secrets, addresses, clock), secrets, clock, limits);
    }

    /** While an import runs nothing is sent. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> deliveryStart(
            Deliveries deliveries, Webhooks webhooks, MusterProperties properties) {
        return ready -> {
            deliveries.start();
            if (properties.supervision()) {
                webhooks.start();
            }
        };
    }

    /** Before Axon's parts are stopped, without which nothing could be recorded any more. */
    @Bean
    ApplicationListener<ContextClosedEvent> deliveryEnd(Deliveries deliveries, Webhooks webhooks) {
        return closed -> {
            webhooks.close();
            deliveries.close();
        };
    }
}
