package dev.muster.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the pen when a statement is made that may write, and gives it back at the end of the transaction. */
final class WriterConnection implements InvocationHandler {

    private final Connection connection;
    private final Pen pen;
    private boolean writing;

    WriterConnection(Connection connection, Pen pen) {
        this.connection = connection;
        this.pen = pen;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals")) {
            return arguments != null && proxy == arguments[0];
        }
        if (begins(method.getName(), arguments)) {
            begin();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (ends(method.getName(), arguments)) {
                end();
            }
        }
    }

    private static boolean begins(String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "createStatement" -> true;
            case "prepareStatement", "prepareCall" -> arguments == null || mayWrite((String) arguments[0]);
            default -> false;
        };
    }

    private static boolean mayWrite(String sql) {
        var text = sql.stripLeading();
        return !text.regionMatches(true, 0, "SELECT", 0, 6)
                || text.toUpperCase(Locale.ROOT).contains("FOR UPDATE");
    }

    /** Without a transaction, closing the connection is the end: whoever has none keeps a connection for one statement. */
    private static boolean ends(String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "commit", "close", "abort" -> true;
            case "rollback" -> arguments == null;
            case "setAutoCommit" -> arguments != null && arguments[0].equals(true);
            default -> false;
        };
    }

    private void begin() throws SQLException {
        if (!writing) {
            pen.take();
            writing = true;
        }
    }

    private void end() {
        if (writing) {
            writing = false;
            pen.giveBack();
        }
    }
}
