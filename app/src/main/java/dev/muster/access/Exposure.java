package dev.muster.access;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Has the server listen to this machine alone unless {@code server.address} says otherwise, also within an application of a
 * team's own; and warns where others can reach it, and read every token on the way.
 */
@Component
@ConditionalOnWebApplication
class Exposure implements WebServerFactoryCustomizer<AbstractConfigurableWebServerFactory>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Exposure.class);

    private final boolean addressGiven;

    Exposure(Environment environment) {
        this.addressGiven = environment.containsProperty("server.address");
    }

    @Override
    public void customize(AbstractConfigurableWebServerFactory server) {
        if (!addressGiven) {
            server.setAddress(InetAddress.getLoopbackAddress());
        }
        if (isReadableByOthers(server)) {
            LOG.warn(
                    "The server listens on {} without TLS: whoever can read the network can read the tokens. Give it a"
                            + " certificate (server.ssl.*), or let a proxy on this machine have it and listen on 127.0.0.1.",
                    server.getAddress());
        }
    }

    static boolean isReadableByOthers(AbstractConfigurableWebServerFactory server) {
        var address = server.getAddress();
        var encrypted = server.getSsl() != null && server.getSsl().isEnabled();
        return !encrypted && (address == null || !address.isLoopbackAddress());
    }

    /** Behind what applies the properties of the server. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
