package io.backhaul.provider.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiRequest;
import java.net.URI;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vectors of huawei.md 3.2, and two more from the vendor's own signer (see each). */
class AkSkSignerTest {
    private static final URI DCS = URI.create("https://dcs.cn-north-4.myhuaweicloud.com");
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    private static final String BACKUPS = "/v2/" + PROJECT + "/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups";
    private static final AccessKey PERMANENT =
            AccessKey.permanent("AKIDEXAMPLE0000000001", "SKEXAMPLE/secret+0000000000000000000001");
    private static final Instant MAY_10 = Instant.parse("2019-05-10T08:31:16Z");

    @Test
    void vectorAListingBackups() {
        var request = ApiRequest.get("list-backups", "", DCS, BACKUPS)
                .asking("offset", "0")
                .asking("limit", "100")
                .asking("begin_time", "20190510000000")
                .asking("end_time", "20190511000000")
                .with("X-Project-Id", PROJECT);
        var dated = request.with("X-Sdk-Date", "20190510T083116Z");
        assertThat(AkSkSigner.canonical(dated, AkSkSigner.signedHeaders(dated))).isEqualTo("""
                        GET
                        /v2/0123456789abcdef0123456789abcdef/instances/5560df16-cebf-4473-95c4-d1b573c16e79/backups/
                        begin_time=20190510000000&end_time=20190511000000&limit=100&offset=0
                        host:dcs.cn-north-4.myhuaweicloud.com
                        x-project-id:0123456789abcdef0123456789abcdef
                        x-sdk-date:20190510T083116Z

                        host;x-project-id;x-sdk-date
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""");
        assertThat(authorization(PERMANENT, request, MAY_10))
                .isEqualTo("SDK-HMAC-SHA256 Access=AKIDEXAMPLE0000000001, "
                        + "SignedHeaders=host;x-project-id;x-sdk-date, "
                        + "Signature=c98f0c32dc6c7a56ca0957ecb62b7989371a33c67cfe824f38b59d06478e4550");
    }

    @Test
    void vectorBAskingForLinks() {
        var path = BACKUPS + "/4631832a-14c6-45b0-a0b3-3abd8f591ad1/links";
        var request = ApiRequest.post("links", "", DCS, path, "{\"expiration\":1800}")
                .with("X-Project-Id", PROJECT)
                .with("User-Agent", "huaweicloud-usdk-java/3.0");
        assertThat(authorization(PERMANENT, request, Instant.parse("2019-08-20T13:48:16Z")))
                .endsWith("SignedHeaders=host;user-agent;x-project-id;x-sdk-date, "
                        + "Signature=c2e80c8b69b93ab8fdd6d525d7da0da78654107093e256b9e4fdacfeb6c1c519");
    }

    @Test
    void vectorCATemporaryKeyAndAPortInTheHost() {
        var path = "/v2/" + PROJECT + "/graphs/4c5f882d-a813-4d78-a8e3-6d3212ddd121/backup-files";
        var request = ApiRequest.get("links", "", URI.create("http://127.0.0.1:18080"), path)
                .asking("backup_id", "22aa0177-b20b-4f3a-8556-8147d6658ed8")
                .with("X-Project-Id", PROJECT);
        var key = AccessKey.temporary("TMPAK0000000000000001", "TMPSK", "gQ9jbi1ub3J0aC00.TOKEN");
        assertThat(authorization(key, request, Instant.parse("2024-07-26T08:00:00Z")))
                .endsWith("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, "
                        + "Signature=5e2a960b194924292429f6400811804ca47d68a83010b83ebc108cb11d5150ac");
    }

    /**
     * The contract prints vector D's signature (f3bceb03…) but none of its inputs, so it cannot be checked. This
     * checks the properties that it names (encoding, names sorted by byte with capitals first, an untrimmed header, a
     * header with an underscore dropped) on inputs of our own; the expected signature is what the vendor's signer,
     * huaweicloud-sdk-core 3.1.143, gave for them. The same run gave vector A's signature for vector A's inputs.
     */
    @Test
    void likeVectorDTheEdgesOfEncoding() {
        var request = ApiRequest.get("list-instances", "", DCS, "/v2/" + PROJECT + "/instances")
                .asking("name", "a b*c~d/e=f&g+h%41")
                .asking("Zed", "1")
                .asking("ip", "10.0.0.1,10.0.0.2")
                .asking("tags", "k=ä")
                .asking("status", "")
                .with("X-Project-Id", PROJECT)
                .with("X-Note", " padded ")
                .with("X_Under", "dropped");
        assertThat(authorization(PERMANENT, request, MAY_10))
                .endsWith("SignedHeaders=host;x-note;x-project-id;x-sdk-date, "
                        + "Signature=f11097671f79df6fccdfc06804c71d277e945897f3f6aee82161db80d98e9d94");
    }

    /** Huawei's own, from its signing guide: signs Content-Type, and no X-Project-Id. */
    @Test
    void vectorETheSigningGuides() {
        var path = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs";
        var request = ApiRequest.get("vpcs", "", URI.create("https://service.region.example.com"), path)
                .asking("limit", "2")
                .asking("marker", "13551d6b-755d-4757-b956-536f674975c0");
        var headers = new TreeMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("host", "service.region.example.com");
        headers.put("x-sdk-date", "20191115T033655Z");
        var key = AccessKey.permanent("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc");
        assertThat(new AkSkSigner(key).authorization(request, headers, "20191115T033655Z"))
                .endsWith("SignedHeaders=content-type;host;x-sdk-date, "
                        + "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe");
    }

    /** Expected from the same run of the vendor's signer: a raw path is encoded once more, inner slashes stay. */
    @Test
    void aRawPathIsEncodedAsItStands() {
        var request = ApiRequest.get("x", "", DCS, "/prefix//v2/a%41b*c/instances");
        assertThat(authorization(PERMANENT, request, MAY_10))
                .endsWith("SignedHeaders=host;x-sdk-date, "
                        + "Signature=ddae4db07dd940ecfcaf4a586ecb920f243559ef280d97368801e8d488ec11b2");
    }

    @Test
    void aDefaultPortIsNoPartOfTheHost() {
        var request = ApiRequest.get("x", "", URI.create("https://DCS.example.com:443"), "/");
        assertThat(AkSkSigner.signedHeaders(request)).containsEntry("host", "dcs.example.com");
    }

    @Test
    void neitherKeyNorSignedRequestPrintsASecret() {
        var key = AccessKey.temporary("AKIDSECRET", "SKSECRET", "TOKENSECRET");
        var signed = new AkSkSigner(key).sign(ApiRequest.get("x", "", DCS, "/").asking("q", "QSECRET"), MAY_10);
        assertThat(key + " " + signed).doesNotContain("SECRET", "Signature");
    }

    private static String authorization(AccessKey key, ApiRequest request, Instant at) {
        return new AkSkSigner(key).sign(request, at).headers().getOrDefault("Authorization", "");
    }
}
