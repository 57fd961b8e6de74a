package dev.muster.view;

import dev.muster.hash.Sha256;
import dev.muster.view.Sql.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tables of views there are. Of each kind one generation is live, which is told by a row, so that another one takes its
 * place at once; what else there is is being folded beside, or was left behind and can go.
 */
final class ViewTables {

    private static final List<String> CREATE = List.of(
            "CREATE TABLE IF NOT EXISTS view_definitions (name VARCHAR(100) PRIMARY KEY,"
                    + " fingerprint VARCHAR(64) NOT NULL, tables VARCHAR(4000) NOT NULL)",
            "ALTER TABLE view_definitions ADD COLUMN IF NOT EXISTS generation INT DEFAULT 0 NOT NULL",
            "CREATE TABLE IF NOT EXISTS view_generations (name VARCHAR(100), generation INT,"
                    + " tables VARCHAR(4000) NOT NULL, PRIMARY KEY (name, generation))",
            "CREATE TABLE IF NOT EXISTS view_digests (name VARCHAR(100), generation INT, state VARBINARY(2048) NOT NULL,"
                    + " PRIMARY KEY (name, generation))",
            "CREATE TABLE IF NOT EXISTS view_marks (name VARCHAR(100), generation INT, position BIGINT,"
                    + " digest VARCHAR(64) NOT NULL, PRIMARY KEY (name, generation, position))",
            "CREATE TABLE IF NOT EXISTS view_positions (reader VARCHAR(100) PRIMARY KEY, position BIGINT NOT NULL)");

    private static final List<String> OF_A_GENERATION = List.of("view_generations", "view_digests", "view_marks");

    private final Jdbc jdbc;
    private boolean ownTables;

    ViewTables(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A generation of a kind of views, in its tables. */
    record Generation(String name, int number, List<String> tables) {

        static Generation read(ResultSet row) throws SQLException {
            return new Generation(
                    row.getString(1), row.getInt(2), List.of(row.getString(3).split(",")));
        }
    }

    private record Defined(String fingerprint, Generation live) {

        static Defined read(ResultSet row) throws SQLException {
            return new Defined(row.getString(4), Generation.read(row));
        }
    }

    private static Part defined(String name) {
        return new Part(
                "SELECT name, generation, tables, fingerprint FROM view_definitions WHERE name = ?", List.of(name));
    }

    /**
     * Makes the tables of these views if they are not there, and with the first views the own ones; those of another shape are thrown away. By one thread at a
     * time.
     *
     * @return the generation that is live
     */
    <V> int prepare(Sql<V> first) {
        var live = new int[1];
        jdbc.change(connection -> {
            if (!ownTables) {
                Jdbc.execute(connection, CREATE);
            }
            var known = Jdbc.query(connection, defined(first.name()), Defined::read);
            if (!known.isEmpty() && known.get(0).fingerprint().equals(Sha256.hex(first.shape()))) {
                live[0] = known.get(0).live().number();
                return;
            }
            for (var defined : known) {
                drop(connection, defined.live());
            }
            for (var generation : generations(connection)) {
                if (generation.name().equals(first.name())) {
                    drop(connection, generation);
                }
            }
            drop(connection, new Generation(first.name(), 0, first.tables()));
            create(connection, first);
            define(connection, first);
        });
        ownTables = true;
        return live[0];
    }

    /** Makes the tables of a generation beside the live one, or finds them. */
    void createBeside(Sql<?> sql) {
        jdbc.change(connection -> create(connection, sql));
    }

    /** Its tables are noted before they are made, so that they are found if nothing comes of them. */
    private static void create(Connection connection, Sql<?> sql) throws SQLException {
        Jdbc.batch(
                connection,
                "MERGE INTO view_generations (name, generation, tables) KEY (name, generation) VALUES (?, ?, ?)",
                List.of(List.of(sql.name(), sql.generation, String.join(",", sql.tables()))));
        Jdbc.execute(connection, sql.create());
    }

    /** Says that these tables are the live ones. */
    static void define(Connection connection, Sql<?> sql) throws SQLException {
        Jdbc.batch(
                connection,
                "MERGE INTO view_definitions (name, fingerprint, tables, generation) KEY (name) VALUES (?, ?, ?, ?)",
                List.of(List.of(sql.name(), Sha256.hex(sql.shape()), String.join(",", sql.tables()), sql.generation)));
    }

    private static List<Generation> generations(Connection connection) throws SQLException {
        return Jdbc.query(
                connection,
                new Part("SELECT name, generation, tables FROM view_generations", List.of()),
                Generation::read);
    }

    /** A number that no generation has. */
    int next() {
        return 1
                + jdbc.query(new Part("SELECT MAX(generation) FROM view_generations", List.of()), row -> row.getInt(1))
                        .get(0);
    }

    /** Drops the tables that are neither live nor of the generation that is being folded beside. */
    void dropOthers(int beside) {
        var others = new Part(
                "SELECT g.name, g.generation, g.tables FROM view_generations g JOIN view_definitions d"
                        + " ON d.name = g.name AND d.generation <> g.generation WHERE g.generation <> ?",
                List.of(beside));
        for (var generation : jdbc.query(others, Generation::read)) {
            jdbc.change(connection -> drop(connection, generation));
        }
        jdbc.change(connection -> Jdbc.batch(
                connection,
                "DELETE FROM view_positions WHERE reader LIKE 'beside/%' AND reader <> ?",
                List.of(List.of("beside/" + beside))));
    }

    boolean has(int generation) {
        var found = new Part("SELECT 1 FROM view_generations WHERE generation = ?", List.of(generation));
        return !jdbc.query(found, row -> row.getInt(1)).isEmpty();
    }

    private static void drop(Connection connection, Generation generation) throws SQLException {
        for (var table : generation.tables()) {
            Jdbc.execute(connection, List.of("DROP TABLE IF EXISTS " + table));
        }
        for (var table : OF_A_GENERATION) {
            Jdbc.batch(
                    connection,
                    "DELETE FROM " + table + " WHERE name = ? AND generation = ?",
                    List.of(List.of(generation.name(), generation.number())));
        }
    }

    /** Throws all away, also what nobody opens any more, and makes these tables anew. */
    void clear(List<Sql<?>> anew) {
        jdbc.change(connection -> {
            Jdbc.execute(connection, CREATE);
            var all = new ArrayList<>(generations(connection));
            all.addAll(Jdbc.query(
                    connection,
                    new Part("SELECT name, generation, tables FROM view_definitions", List.of()),
                    Generation::read));
            for (var generation : all) {
                drop(connection, generation);
            }
            Jdbc.execute(connection, List.of("DELETE FROM view_definitions", "DELETE FROM view_positions"));
            for (var sql : anew) {
                create(connection, sql);
                define(connection, sql);
            }
        });
    }
}
