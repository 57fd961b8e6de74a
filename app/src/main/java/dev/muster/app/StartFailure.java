package dev.muster.app;

import dev.muster.app.domain.DomainFault;
import dev.muster.message.NameClash;
import dev.muster.store.StoreUnavailableException;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in two sentences why Muster can't start on its folder or with its domains, in place of a stack trace. */
public final class StartFailure implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException store) {
                return new FailureAnalysis(store.fault(), store.remedy(), failure);
            }
            if (cause instanceof DomainFault domain) {
                return new FailureAnalysis(domain.fault(), domain.remedy(), failure);
            }
            if (cause instanceof NameClash clash) {
                return new FailureAnalysis(clash.fault(), clash.remedy(), failure);
            }
            if (cause instanceof NoClassDefFoundError missing) {
                return new FailureAnalysis(
                        "A class is missing: " + missing.getMessage() + ".",
                        "If a jar in the home's folder domain needs it, put it beside that jar, or build that jar against"
                                + " this version of Muster.",
                        failure);
            }
            if (cause instanceof JdbcSQLNonTransientConnectionException views) {
                return new FailureAnalysis(
                        "The views can't be opened: " + views.getOriginalMessage() + ".",
                        "If another process has the folder open, stop it or use another folder with --muster.home. If the"
                                + " files are damaged, delete the folder views in it: the views are folded again.",
                        failure);
            }
        }
        return null;
    }
}
