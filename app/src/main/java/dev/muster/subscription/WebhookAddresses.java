package dev.muster.subscription;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses the server calls. Those of the link are where machines of clouds tell whoever asks from there their
 * credentials, so they are refused unless they are allowed: link-local ones (169.254.0.0/16, fe80::/10), the metadata services
 * that have another address, and these behind a translation from IPv6. Neither is called what is no single machine.
 */
final class WebhookAddresses {

    /** Metadata services with addresses that are not link-local. */
    private static final List<String> METADATA = List.of("fd00:ec2::254", "100.100.100.200", "168.63.129.16");

    private final boolean linkLocalAllowed;

    WebhookAddresses(boolean linkLocalAllowed) {
        this.linkLocalAllowed = linkLocalAllowed;
    }

    /**
     * Looks the host up. What is then called is looked up again, from the platform's cache of names.
     *
     * @throws UnknownHostException if there is no such host
     * @throws Refused if one of its addresses is not to be called
     */
    void check(String host) throws UnknownHostException {
        var literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (var address : InetAddress.getAllByName(literal)) {
            check(address);
        }
    }

    /** An address that is not to be called. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    void check(InetAddress address) throws UnknownHostException {
        var meant = translated(address);
        if (meant.isAnyLocalAddress() || meant.isMulticastAddress()) {
            throw new Refused("its address is that of no single machine");
        }
        if (!linkLocalAllowed && (meant.isLinkLocalAddress() || isMetadata(meant))) {
            throw new Refused("its address is link-local, which muster.subscription.webhook-link-local would allow");
        }
    }

    private static boolean isMetadata(InetAddress address) throws UnknownHostException {
        for (var known : METADATA) {
            if (InetAddress.getByName(known).equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** The IPv4 address that is meant by one of NAT64 (64:ff9b::/96); any other is meant itself. */
    private static InetAddress translated(InetAddress address) throws UnknownHostException {
        var bytes = address.getAddress();
        var isNat64 = address instanceof Inet6Address
                && bytes[0] == 0
                && bytes[1] == 0x64
                && bytes[2] == (byte) 0xff
                && bytes[3] == (byte) 0x9b
                && Arrays.equals(bytes, 4, 12, new byte[8], 0, 8);
        return isNat64 ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)) : address;
    }
}
