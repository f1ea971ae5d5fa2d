package io.backhaul.provider.aliyun;

import io.backhaul.provider.AccessKey;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Dialect;
import io.backhaul.provider.Setback;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Either way of signing, each time with a nonce of its own; refusals are judged by one table. */
final class AliyunDialect implements Dialect {
    private static final int NONCE_BYTES = 16;

    private final AliyunSigner signer;
    private final AliyunErrors errors;
    private final SecureRandom nonces = new SecureRandom();

    AliyunDialect(AliyunSigner signer, AccessKey key) {
        this.signer = signer;
        this.errors = new AliyunErrors(key);
    }

    @Override
    public ApiRequest sign(ApiRequest request, Instant providerTime) {
        var nonce = new byte[NONCE_BYTES];
        nonces.nextBytes(nonce);
        return signer.sign(request, providerTime, HexFormat.of().formatHex(nonce));
    }

    @Override
    public Optional<Setback> setback(ApiRequest request, ApiAnswer answer, Instant now) {
        return errors.setback(request, answer, now);
    }

    /** A nonce that was seen before is as easily mended as a time: the signature is made anew. */
    @Override
    public boolean isStaleSignature(ApiAnswer answer) {
        return AliyunErrors.faultOf(answer)
                .filter(fault -> fault == AliyunFault.STALE || fault == AliyunFault.REPLAYED)
                .isPresent();
    }
}
