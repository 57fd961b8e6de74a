package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.JsonMappers;
import dev.muster.subscription.SubscriptionEvent.DeliveryParked;
import dev.muster.subscription.SubscriptionEvent.DeliveryRetried;
import dev.muster.subscription.SubscriptionEvent.SubscriptionAdvanced;
import dev.muster.subscription.SubscriptionEvent.SubscriptionCreated;
import dev.muster.subscription.SubscriptionEvent.SubscriptionDeleted;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

/** A snapshot keeps all of a subscription's state. */
class SubscriptionSnapshotTest {

    private static final SubscriptionId S = SubscriptionId.of("s");
    private static final Jackson3Serializer SERIALIZER = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(JsonMappers::state)
            .build();

    private static Subscription subscription() {
        var filter = new SubscriptionFilter("task/t", Set.of("A", "B"), "ada", "c");
        var terms = new SubscriptionTerms(
                "Mail", filter, Duration.ofMillis(1500), 7, Set.of("ben"), new Webhook("https://a", 2));
        var subscription = new Subscription();
        subscription.on(new SubscriptionCreated(S, "ada", 3, terms));
        subscription.on(new SubscriptionAdvanced(S, 5, List.of(new Span(8, 9)), Set.of(), "the receiver is gone"));
        for (var delivery : List.of("11", "12~2")) {
            subscription.on(new DeliveryParked(S, new ParkedDelivery(delivery, "e", "task/t", "A", 7, "no")));
        }
        subscription.on(new DeliveryRetried(S, "11"));
        return subscription;
    }

    private static Subscription restored(Subscription subscription) {
        return SERIALIZER.deserialize(SERIALIZER.serialize(subscription, byte[].class));
    }

    @Test
    void every_field_comes_back_as_it_was() throws IllegalAccessException {
        var subscription = subscription();
        var blank = new Subscription();
        for (var field : Subscription.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("deleted")) {
                field.setAccessible(true);
                assertThat(field.get(subscription))
                        .as(field.getName())
                        .isNotNull()
                        .isNotEqualTo(field.get(blank));
            }
        }
        assertThat(restored(subscription)).usingRecursiveComparison().isEqualTo(subscription);
    }

    @Test
    void what_was_deleted_stays_deleted() {
        var subscription = subscription();
        subscription.on(new SubscriptionDeleted(S));
        assertThat(restored(subscription)).usingRecursiveComparison().isEqualTo(subscription);
        assertThat(restored(subscription)).usingRecursiveComparison().isNotEqualTo(subscription());
    }
}
