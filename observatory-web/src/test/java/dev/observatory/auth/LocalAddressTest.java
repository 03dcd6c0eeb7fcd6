package dev.observatory.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A local address")
class LocalAddressTest {

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is a loopback literal")
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "127.255.255.255",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "::0001",
                "::ffff:127.0.0.1",
                "::FFFF:7f00:1",
                "::1%0",
                "0:0:0:0:0:0:0:1%lo",
                "[::1%eth0.1]",
            })
    void isALoopbackLiteral(String address) {
        assertThat(LocalAddress.isLoopback(address)).isTrue();
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("is no other address, no name, and no odd way to write a number")
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "127.0.0.1 ",
                " 127.0.0.1",
                "127.0.0.1\n",
                "0.0.0.0",
                "10.0.0.1",
                "128.0.0.1",
                "126.255.255.255",
                "192.168.0.1",
                "::",
                "::2",
                "::1:1",
                "fe80::1",
                "::ffff:10.0.0.1",
                "::ffff:7f00:0:1",
                "[127.0.0.1]",
                "[::1",
                "[]",
                ":",
                ":::",
                ".:1",
                "1:",
                "127.0.0.999",
                "127.0.0.256",
                "127.0.0.1.",
                ".127.0.0.1",
                "127..0.1",
                "127.0.0.1.evil.com",
                "127.0.0.1:8080",
                "localhost",
                "evil.com",
                "null",
                "fe80::1%lo",
                "evil%lo",
                "%lo",
                // one number, in all the ways that C libraries read
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0x7f.1",
                "017700000001",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.01",
                "127.0.0.001",
                "\u0661\u0662\u0667.0.0.1",
            })
    void isNoOther(String address) {
        assertThat(LocalAddress.isLoopback(address)).isFalse();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is what a Host header of this machine names, with or without port")
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "localhost:",
                "LOCALHOST",
                "LocalHost:1",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.9.9.9",
                "[::1]",
                "[::1]:8080",
                "[::ffff:127.0.0.1]:80",
            })
    void isALocalHost(String host) {
        assertThat(LocalAddress.isLocalHost(host)).isTrue();
        assertThat(LocalAddress.isLocalOrigin("http://" + host)).isTrue();
        assertThat(LocalAddress.isLocalOrigin("https://" + host)).isTrue();
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("is nothing that a Host header of another machine names")
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "null",
                "evil.com",
                "evil.com:80",
                "localhost.evil.com",
                "localhost.evil.com:8080",
                "localhost-evil.com",
                "xlocalhost",
                "localhost.",
                "127.0.0.1.evil.com",
                "127.0.0.1.nip.io",
                "localhost@evil.com",
                "localhost:80@evil.com",
                "localhost\\@evil.com",
                "evil.com#localhost",
                "evil.com/localhost",
                "evil.com?localhost",
                "localhost evil.com",
                "localhost,evil.com",
                "localhost:80:80",
                "localhost:x",
                "0.0.0.0",
                "0.0.0.0:8080",
                "10.0.0.1",
                "[::]",
                "[::2]:8080",
                "[fe80::1]",
                "[::1",
                "::1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0177.0.0.1",
                "127.1",
                "127.0.0.999",
                "l\u043ecalhost",
                "\uff4cocalhost",
            })
    void isNoOtherHost(String host) {
        assertThat(LocalAddress.isLocalHost(host)).isFalse();
        assertThat(LocalAddress.isLocalOrigin("http://" + host)).isFalse();
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("is no origin without a local host: none, of a file, of a sandbox, of nonsense")
    @NullAndEmptySource
    @ValueSource(
            strings = {"null", "file://", "about:blank", "localhost", "localhost:8080", "http:localhost", "//", ":"})
    void isNoOrigin(String origin) {
        assertThat(LocalAddress.isLocalOrigin(origin)).isFalse();
    }
}
