package dev.muster.replay;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.view.ViewDefinition;
import dev.muster.world.Domain;
import dev.muster.world.Parts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Views that are folded together. A projection reads the views that it writes, and others with them, so what one projection
 * has belongs together with what another one has if they share a view.
 */
record ConnectedViews(List<ViewDefinition<?>> views, List<Class<?>> projections) {

    Set<String> names() {
        return views.stream().map(ViewDefinition::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is to be folded for that request. */
    static ConnectedViews of(Domain domain, ReplayRequest request) {
        var all = domain.projections();
        if (request.view() == null) {
            return new ConnectedViews(viewsOf(domain, all), all);
        }
        var names = new LinkedHashSet<>(Set.of(request.view()));
        var chosen = new ArrayList<Class<?>>();
        for (var grown = true; grown; ) {
            grown = false;
            for (var projection : all) {
                var own = Parts.views(domain, projection).stream()
                        .map(ViewDefinition::name)
                        .toList();
                if (!chosen.contains(projection) && own.stream().anyMatch(names::contains)) {
                    chosen.add(projection);
                    grown |= names.addAll(own);
                }
            }
        }
        if (chosen.isEmpty()) {
            throw new Refusal(new Problem(
                    "unknown-view",
                    "There is no such view",
                    422,
                    "No projection folds a view " + request.view() + ". There are "
                            + String.join(", ", new ConnectedViews(viewsOf(domain, all), all).names()) + "."));
        }
        // In the domain's order, which is that in which they are given an event.
        return new ConnectedViews(
                viewsOf(domain, chosen), all.stream().filter(chosen::contains).toList());
    }

    private static List<ViewDefinition<?>> viewsOf(Domain domain, List<Class<?>> projections) {
        return projections.stream()
                .flatMap(projection -> Parts.views(domain, projection).stream())
                .<ViewDefinition<?>>map(view -> view)
                .distinct()
                .toList();
    }
}
