package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.digest.Digest;
import dev.muster.digest.DigestQuery.GetDigest;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.message.AsOf;
import dev.muster.view.ViewDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.axonframework.queryhandling.QueryGateway;

/** However a World has come to a position, it is the same there, and the same as the live views. */
class WorldPropertyTest {

    private static final Checkpoints.Settings NO_CHECKPOINTS = new Checkpoints.Settings(1, 0);
    private static final long ROOM_FOR_FEW = 100_000;

    private static GrowingHistory history;

    @BeforeContainer
    static void start() {
        history = new GrowingHistory();
    }

    @AfterContainer
    static void stop() {
        history.close();
    }

    @Provide
    static Arbitrary<List<Move>> moves() {
        return Move.upTo(120);
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void folded_in_one_step_or_in_many_forked_or_restored_it_has_the_live_digest(
            @ForAll("moves") List<Move> moves, @ForAll long seed) {
        history.grow(moves, last -> {
            var once = built(last);
            var live = history.bean(QueryGateway.class)
                    .query(new GetDigest(), Digest.class)
                    .join();
            assertThat(live).as("live").isEqualTo(once.digest());
            var asOf = history.bean(QueryGateway.class)
                    .query(AsOf.position(new GetDigest(), last), Digest.class)
                    .join();
            assertThat(asOf.views()).as("as of the last event").isEqualTo(live.views());
            assertSame(inManySteps(last, new Random(seed)), once, "in many steps");
            assertSame(restored(last, new Random(seed)), once, "from a checkpoint");
        });
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void moved_forward_it_is_as_if_built_anew_and_leaves_what_it_was_forked_from(
            @ForAll("moves") List<Move> moves, @ForAll long seed) {
        history.grow(moves, last -> {
            var random = new Random(seed);
            var worlds = worlds(history.newFolder(), NO_CHECKPOINTS);
            for (int i = 0; i < 4; i++) {
                var first = position(last, random);
                var second = first + random.nextLong(last - first + 1);
                var early = worlds.at(first);
                if (random.nextBoolean()) {
                    early.digest();
                }
                var own = worlds.own(first);
                fold(own, second);
                assertSame(own, built(second), "moved from " + first + " to " + second);
                assertSame(worlds.at(second), built(second), "found at " + second + " after " + first);
                assertSame(early, built(first), "left at " + first);
            }
        });
    }

    private static World built(long position) {
        var world = new World(history.bean(Domain.class), history.bean(LogReader.class));
        fold(world, position);
        return world;
    }

    private static void fold(World world, long upTo) {
        history.events(world.position() + 1, upTo).forEach(world::fold);
    }

    /** At some steps its digest is asked for, at some it is forked, and what it was forked from goes on by itself. */
    private static World inManySteps(long last, Random random) {
        var world = built(-1);
        while (world.position() < last) {
            fold(world, Math.min(last, world.position() + 1 + random.nextInt(40)));
            if (random.nextBoolean()) {
                world.digest();
            }
            if (random.nextBoolean()) {
                var left = world;
                world = world.fork();
                fold(left, Math.min(last, left.position() + random.nextInt(20)));
            }
        }
        return world;
    }

    /** By checkpoints that were made on the way to some positions, read by others than those who wrote them. */
    private static World restored(long last, Random random) {
        var folder = history.newFolder();
        var settings = new Checkpoints.Settings(1 + random.nextInt(30), 3);
        var writing = worlds(folder, settings);
        writing.at(position(last, random));
        writing.at(last);
        assertThat(last < settings.everyEvents()
                        || checkpoints(folder, settings).latest(-1, last).isPresent())
                .as("there is a checkpoint")
                .isTrue();
        return worlds(folder, settings).at(last);
    }

    private static Worlds worlds(Path folder, Checkpoints.Settings settings) {
        return new Worlds(
                history.bean(Domain.class),
                history.bean(LogSource.class),
                history.bean(LogReader.class),
                checkpoints(folder, settings),
                ROOM_FOR_FEW);
    }

    private static Checkpoints checkpoints(Path folder, Checkpoints.Settings settings) {
        return new Checkpoints(
                folder, history.bean(Domain.class), history.bean(LogOrigin.class), "", settings, Runnable::run);
    }

    /** From before the first event to the last. */
    private static long position(long last, Random random) {
        return random.nextLong(last + 2) - 1;
    }

    private static void assertSame(World world, World other, String how) {
        assertThat(world.digest()).as(how).isEqualTo(other.digest());
        assertThat(views(world)).as(how).isEqualTo(views(other));
    }

    private static Map<String, Map<String, ?>> views(World world) {
        var views = new TreeMap<String, Map<String, ?>>();
        history.bean(Domain.class).views().forEach(view -> views.put(view.name(), byKey(world, view)));
        return views;
    }

    private static <V> Map<String, V> byKey(World world, ViewDefinition<V> view) {
        return world.stores().views(view).stream().collect(Collectors.toMap(view.key(), Function.identity()));
    }
}
