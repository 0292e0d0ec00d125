package org.roaminghub.exchange.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaminghub.exchange.guard.Checked.Allowed;
import org.roaminghub.exchange.guard.Checked.Reason;
import org.roaminghub.exchange.guard.Checked.Refused;

class UrlGuardTest {

    private static final String PUBLIC = "93.184.215.14";

    @Test
    void aPublicHostIsAllowedAtTheAddressThatWasChecked() throws UnknownHostException {
        URI uri = URI.create("https://emsp.example.com/ocpi/versions?a=b");

        assertThat(UrlGuard.check(uri, false, host -> parse(PUBLIC))).isEqualTo(new Allowed(uri, InetAddress.getByName(PUBLIC), 443));
    }

    @Test
    void theHostIsResolvedOnce() {
        int[] calls = {0};
        UrlGuard.check(URI.create("https://emsp.example.com"), false, host -> {
            calls[0]++;
            return parse(PUBLIC);
        });
        assertThat(calls[0]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ftp://example.com/          | SCHEME
        /ocpi/versions              | SCHEME
        mailto:a@example.com        | SCHEME
        file:///etc/passwd          | SCHEME
        http://example.com/         | NOT_ENCRYPTED
        https:///path               | HOST
        https:opaque                | HOST
        https://exa_mple.com/       | HOST
        https://a@example.com/      | USER_INFO
        https://a:b@example.com/    | USER_INFO
        https://example.com@10.1.1.1| USER_INFO
        https://example.com/#x      | FRAGMENT
        https://example.com:0/      | PORT
        https://example.com:65536/  | PORT
        """)
    void urlsOfAnotherFormAreRefused(String url, Reason reason) {
        assertThat(reason(url, false, PUBLIC)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "017700000001", "127.0.0.01", "0x7F.0x0.0x0.0x1",
        "127.0.1", "0", "3232235777", "a.1", "127.0.0.1.", "0x", "1.2.3.4.5"})
    void ipv4InAnotherSpellingIsRefusedEvenWherePrivateAddressesAreAllowed(String host) {
        assertThat(reason("https://" + host + ":8443/x", false, PUBLIC)).isEqualTo(Reason.ADDRESS_SPELLING);
        assertThat(reason("https://" + host + "/x", true, PUBLIC)).isEqualTo(Reason.ADDRESS_SPELLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.1.2", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.1.2.3", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1",
        "240.0.0.1", "192.0.0.8", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "2001:db8::1", "3fff::1",
        "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "::127.0.0.1", "::ffff:0:7f00:1", "2001::1"})
    void nonPublicAddressesAreRefusedUnlessAllowed(String address) {
        assertThat(reason("https://host.example.com/", false, address)).isEqualTo(Reason.NOT_PUBLIC);
        assertThat(check("http://host.example.com/", true, address)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "239.1.2.3", "255.255.255.255", "::", "ff02::1", "64:ff9b::e000:1"})
    void addressesWhereNobodyListensAreAlwaysRefused(String address) {
        assertThat(reason("https://host.example.com/", false, address)).isEqualTo(Reason.NOT_PUBLIC);
        assertThat(reason("https://host.example.com/", true, address)).isEqualTo(Reason.NOT_PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:a9fe:a9fe]/",
        "https://[64:ff9b::7f00:1]/", "https://169.254.169.254/latest/meta-data", "https://[fd00::1]:8443/"})
    void literalAddressesAreCheckedWithoutTheResolver(String url) {
        Checked checked = UrlGuard.check(URI.create(url), false, host -> {
            throw new AssertionError("asked for " + host);
        });
        assertThat(((Refused) checked).reason()).isEqualTo(Reason.NOT_PUBLIC);
    }

    @Test
    void aZoneInAnAddressIsRefused() {
        assertThat(reason("https://[fe80::1%25eth0]/", true, PUBLIC)).isEqualTo(Reason.ADDRESS_SPELLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {PUBLIC, "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:21f::1", "64:ff9b::808:808", "2a00:1450::5"})
    void publicAddressesAreAllowed(String address) {
        assertThat(check("https://host.example.com/", false, address)).isInstanceOf(Allowed.class);
    }

    @Test
    void oneHostAtAPublicAndAPrivateAddressIsRefused() {
        Checked checked = check("https://host.example.com/", false, PUBLIC + " 10.0.0.1");

        assertThat(checked).isEqualTo(new Refused(Reason.NOT_PUBLIC, "the host host.example.com is at 10.0.0.1, which is a private network"));
        assertThat(reason("https://host.example.com/", false, "10.0.0.1 " + PUBLIC)).isEqualTo(Reason.NOT_PUBLIC);
    }

    @Test
    void aHostWithoutAddressIsRefused() {
        Resolver nothing = host -> {
            throw new UnknownHostException(host);
        };
        URI uri = URI.create("https://nowhere.example.com/");

        assertThat(((Refused) UrlGuard.check(uri, false, nothing)).reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(((Refused) UrlGuard.check(uri, false, host -> new InetAddress[0])).reason()).isEqualTo(Reason.UNKNOWN_HOST);
    }

    @Test
    void theSchemesPortIsTheDefault() {
        Map.of("https://h.example.com", 443, "http://h.example.com", 80, "HTTP://h.example.com:8080", 8080, "https://h.example.com:65535", 65535)
                .forEach((url, port) -> assertThat(((Allowed) check(url, true, PUBLIC)).port()).isEqualTo(port));
    }

    private static Reason reason(String url, boolean allowPrivate, String addresses) {
        return ((Refused) check(url, allowPrivate, addresses)).reason();
    }

    private static Checked check(String url, boolean allowPrivate, String addresses) {
        return UrlGuard.check(URI.create(url), allowPrivate, host -> parse(addresses));
    }

    private static InetAddress[] parse(String addresses) throws UnknownHostException {
        String[] texts = addresses.split(" ");
        InetAddress[] parsed = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            parsed[i] = InetAddress.getByName(texts[i]);
        }
        return parsed;
    }
}
