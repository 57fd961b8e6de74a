package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.mock.env.MockEnvironment;

/** A server is reached from its own machine alone unless it is told otherwise, and warns where others can read along. */
@ExtendWith(OutputCaptureExtension.class)
class ExposureTest {

    private final TomcatServletWebServerFactory server = new TomcatServletWebServerFactory();
    private final MockEnvironment told = new MockEnvironment().withProperty("server.address", "0.0.0.0");

    @Test
    void without_an_address_it_listens_to_its_own_machine(CapturedOutput log) {
        new Exposure(new MockEnvironment()).customize(server);
        assertThat(server.getAddress().isLoopbackAddress()).isTrue();
        assertThat(log.getAll()).doesNotContain("without TLS");
    }

    @Test
    void an_address_that_others_can_reach_is_warned_of(CapturedOutput log) throws UnknownHostException {
        server.setAddress(InetAddress.getByName("0.0.0.0"));
        new Exposure(told).customize(server);
        assertThat(server.getAddress().isAnyLocalAddress()).isTrue();
        assertThat(log.getAll()).contains("without TLS", "server.ssl");
    }

    @Test
    void with_tls_it_is_not(CapturedOutput log) throws UnknownHostException {
        server.setAddress(InetAddress.getByName("0.0.0.0"));
        server.setSsl(new Ssl());
        new Exposure(told).customize(server);
        assertThat(log.getAll()).doesNotContain("without TLS");
    }
}
