package io.backhaul.transfer;

import static io.backhaul.transfer.ScriptedStore.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.backup.SignedUrl;
import io.backhaul.config.HostPattern;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactLinkTest extends TransferTestBase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b/k?Signature=a%2Bb%2Fc%3D&Expires=1",
                "/b/k+1?q=a+b",
                "/b/it's?response-content-disposition=attachment;filename*=UTF-8''x.rdb",
                "/b//k//?x=//",
                "/%41%7e%2f%2F?%41=%7e%3d%3D",
                "/a/./b/../c?d",
                "/a/%2e%2e/b?q",
                "/k?a&&b=&=c&",
                "/k?",
                "/?x=1",
                "/k;v=1,2@:$!*()~?a=b/?c:@!$*(),;=~",
                "/k?q-sign-time=1795219575%3B1795241175&q-header-list=host&q-url-param-list=&q-signature=0f",
                "/Sch%C3%B6n%20%E5%A4%87%E4%BB%BD.rdb?sign=q-sign-algorithm%3Dsha1",
                "/schön?grüße=1",
            })
    void theRequestLineHasTheLinkByteForByte(String target) {
        store.then(answer("200 OK", bytes(10)));

        assertThat(downloader.fetch(request(target)).outcome()).isInstanceOf(FetchOutcome.Complete.class);

        assertThat(store.last().line()).isEqualTo("GET " + target + " HTTP/1.1");
    }

    @Test
    void anEmptyPathIsTheRootAndAFragmentIsNotSent() {
        store.then(answer("200 OK", bytes(10)));

        downloader.fetch(request("?a=b#part"));

        assertThat(store.last().line()).isEqualTo("GET /?a=b HTTP/1.1");
    }

    @Test
    void theSchemesOwnPortIsTakenAsGivenAndLeftOutOfHostAsSignersDo() {
        var url = ExactUrl.of(URI.create("https://b.obs.cn-north-4.myhuaweicloud.com:443/k?x=%2b"));

        assertThat(url).hasValueSatisfying(exact -> {
            assertThat(exact.port()).isEqualTo(443);
            assertThat(exact.host()).isEqualTo("b.obs.cn-north-4.myhuaweicloud.com");
            assertThat(exact.encodedQuery()).isEqualTo("x=%2b");
        });
    }

    @Test
    void aFreshRequestHasNoHeaderThatASignatureCouldCover() {
        store.then(answer("200 OK", bytes(10), "Set-Cookie: a=b; Path=/"));
        store.then(answer("200 OK", bytes(10)));

        fetch();
        fetch("other.bin");

        assertThat(store.seen())
                .allSatisfy(seen -> assertThat(seen.headers())
                        .containsExactlyInAnyOrder(
                                "User-Agent: Backhaul/test",
                                "Accept-Encoding: identity",
                                "Host: 127.0.0.1:" + store.port(),
                                "Connection: Keep-Alive"));
    }

    @Test
    void aStoredContentEncodingIsLeftAlone() throws Exception {
        var gzip = new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        store.then(answer("200 OK", gzip, "Content-Encoding: gzip"));

        assertThat(fetch().outcome()).isInstanceOf(FetchOutcome.Complete.class);

        assertThat(whole()).hasBinaryContent(gzip);
    }

    @Test
    void aRedirectIsFollowedByteForByteWithTheSameRange() throws Exception {
        var object = bytes(10_000);
        stage(object, 4_000, "ETag: \"one\"");
        var next = "/other%2Bpath/it's?sig='%2b&a=/../";
        store.then(answer("302 Found", "", "Location: " + store.url(next)));
        store.then(answer(
                "206 Partial Content",
                java.util.Arrays.copyOfRange(object, 4_000, 10_000),
                "ETag: \"one\"",
                "Content-Range: bytes 4000-9999/10000"));

        assertThat(fetch().outcome()).isInstanceOf(FetchOutcome.Complete.class);

        assertThat(store.last().target()).isEqualTo(next);
        assertThat(store.last().header("Range")).isEqualTo("bytes=4000-");
        assertThat(store.last().header("If-Match")).isEqualTo("\"one\"");
        assertThat(whole()).hasBinaryContent(object);
    }

    @Test
    void aRelativeRedirectStaysOnTheHost() {
        store.then(answer("307 Temporary Redirect", "", "Location: /b%2f?x"));
        store.then(answer("200 OK", bytes(10)));

        fetch();

        assertThat(store.last().target()).isEqualTo("/b%2f?x");
    }

    @Test
    void aRedirectToAHostThatIsNotAllowedIsNotFollowedAndNotQuoted() {
        store.then(answer("302 Found", "", "Location: http://169.254.169.254/latest/meta-data?token=verysecret"));

        var report = fetch();

        assertThat(report.outcome())
                .isEqualTo(new FetchOutcome.TargetRefused("redirect: host not allowed: 169.254.169.254:80"));
        assertThat(report.httpStatus()).isEqualTo(302);
    }

    @Test
    void theFourthRedirectIsTooMany() {
        for (var i = 0; i < 4; i++) {
            store.then(answer("302 Found", "", "Location: /" + i));
        }

        assertThat(fetch().outcome()).isEqualTo(new FetchOutcome.TargetRefused("more than 3 redirects"));
        assertThat(store.seen()).hasSize(4);
    }

    @Test
    void aRedirectNeverLeavesTlsBehind() {
        var tls = URI.create("https://a.example/k");

        assertThat(Wire.isDowngrade(tls, URI.create("http://a.example/k"))).isTrue();
        assertThat(Wire.isDowngrade(tls, URI.create("ftp://a.example/k"))).isTrue();
        assertThat(Wire.isDowngrade(tls, URI.create("https://b.example/k"))).isFalse();
        assertThat(Wire.isDowngrade(URI.create("http://a/k"), URI.create("https://a/k")))
                .isFalse();
    }

    @Test
    void aLinkWithAUserNameIsRefusedUnsent() {
        var link = SignedUrl.of("http://user:word@127.0.0.1:" + store.port() + "/k");

        var report = downloader.fetch(new FetchRequest(link, Instant.MAX, staged(), local(), null, moved::add, room()));

        assertThat(report.outcome()).isEqualTo(new FetchOutcome.TargetRefused("link: the address carries a user name"));
        assertThat(store.seen()).isEmpty();
    }

    @Test
    void aNameThatResolvesToAPrivateAddressIsRefusedUnlessNamedExactly() throws Exception {
        var loopback = List.of(java.net.InetAddress.getLoopbackAddress());
        var link = SignedUrl.of("http://files.store.example:" + store.port() + "/k?sig=" + SECRET);
        var byPort = new HostPattern("files.store.example:" + store.port());
        store.then(answer("200 OK", bytes(10)));
        try (var inside = new Downloader(
                settings(java.time.Duration.ofSeconds(5), null), clock, name -> loopback, Thresholds.USUAL)) {
            var tls = SignedUrl.of("https://files.store.example/k?sig=" + SECRET);
            var wild = new TargetRules(List.of(new HostPattern("*.store.example")));

            assertThat(inside.fetch(new FetchRequest(tls, Instant.MAX, staged(), wild, null, moved::add, room()))
                            .outcome())
                    .isEqualTo(new FetchOutcome.TargetRefused(
                            "files.store.example resolves only to addresses that are not public"));
            var exact = new TargetRules(List.of(byPort));
            assertThat(inside.fetch(new FetchRequest(link, Instant.MAX, staged(), exact, null, moved::add, room()))
                            .outcome())
                    .isInstanceOf(FetchOutcome.Complete.class);
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsNotTheEndOfItsName() throws Exception {
        var nobody = java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        var addresses = List.of(nobody, java.net.InetAddress.getLoopbackAddress());
        var exact = new TargetRules(List.of(new HostPattern("files.example:" + store.port())));
        var link = SignedUrl.of("http://files.example:" + store.port() + "/k");
        store.then(answer("200 OK", bytes(10)));
        try (var fresh = new Downloader(
                settings(java.time.Duration.ofSeconds(5), null), clock, name -> addresses, Thresholds.USUAL)) {
            assertThat(fresh.fetch(new FetchRequest(link, Instant.MAX, staged(), exact, null, moved::add, room()))
                            .outcome())
                    .isInstanceOf(FetchOutcome.Complete.class);
        }
    }
}
