package dev.muster.cli;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of the benchmark leaves behind: when, on what machine and by what command it was made, and its figures.
 *
 * @param load how many threads wanted a processor in the minute before; negative where the system doesn't tell
 */
record BenchRun(
        String date,
        String command,
        int cores,
        long memoryMiB,
        String jdk,
        String system,
        double load,
        Map<String, Object> figures) {

    /** Of this machine, before anything is measured. */
    static BenchRun begin(List<String> arguments) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        var memory = system instanceof com.sun.management.OperatingSystemMXBean known
                ? known.getTotalMemorySize() / (1024 * 1024)
                : 0;
        return new BenchRun(
                LocalDate.now(ZoneOffset.UTC).toString(),
                String.join(" ", arguments),
                system.getAvailableProcessors(),
                memory,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                system.getName() + " " + system.getArch(),
                system.getSystemLoadAverage(),
                Map.of());
    }

    BenchRun with(Map<String, Object> measured) {
        return new BenchRun(date, command, cores, memoryMiB, jdk, system, load, new LinkedHashMap<>(measured));
    }
}
