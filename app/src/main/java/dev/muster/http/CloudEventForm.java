package dev.muster.http;

import dev.muster.history.HistoryEvent;
import dev.muster.history.LogOrigin;
import dev.muster.subscription.EventForm;
import org.springframework.stereotype.Component;

/** Events are sent to webhooks in the form in which they are read. */
@Component
class CloudEventForm implements EventForm {

    private final CloudEvents cloudEvents;

    CloudEventForm(LogOrigin origin) {
        this.cloudEvents = new CloudEvents(origin.identity());
    }

    @Override
    public byte[] of(HistoryEvent event) {
        return HttpProblem.bytes(cloudEvents.of(event));
    }
}
