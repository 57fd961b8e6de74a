package dev.muster.app;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;

/** The diagnostic commands of this virtual machine, those of {@code jcmd}, by the names that management gives them. */
public final class DiagnosticCommands {

    private static final String ALL = "com.sun.management:type=DiagnosticCommand";

    private DiagnosticCommands() {}

    /** Whether this virtual machine has it. */
    public static boolean has(String name) throws JMException {
        var beans = ManagementFactory.getPlatformMBeanServer();
        var commands = new ObjectName(ALL);
        return beans.isRegistered(commands)
                && Arrays.stream(beans.getMBeanInfo(commands).getOperations())
                        .anyMatch(operation -> operation.getName().equals(name));
    }

    /**
     * What it answers.
     *
     * @throws JMException if this virtual machine doesn't have it, or it can't be done
     */
    public static String run(String name, String... arguments) throws JMException {
        var given = arguments.length > 0;
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName(ALL),
                        name,
                        given ? new Object[] {arguments} : new Object[0],
                        given ? new String[] {String[].class.getName()} : new String[0]);
    }
}
