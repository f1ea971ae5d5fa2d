package io.backhaul.transfer;

import io.backhaul.transfer.ScriptedStore.ConnectionReset;
import io.backhaul.transfer.ScriptedStore.Reply;
import io.backhaul.transfer.ScriptedStore.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A store with one object and numbered links, that honours ranges and conditions, except for one call that goes wrong.
 */
final class HonestStore implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 100;

    private final ScriptedStore wire = new ScriptedStore();
    private final boolean isShared;
    private byte[] object;
    private String etag;
    private int failing;
    private CallFault fault = CallFault.RESET;
    private int brief;
    private int dead;
    private CountDownLatch company = new CountDownLatch(1);

    /** How a call goes wrong. */
    enum CallFault {
        RESET(false),
        NO_ANSWER(false),
        HALF_A_HEAD(false),
        IN_TROUBLE(false),
        CUT_IN_MID_BODY(true),
        RESET_IN_MID_BODY(true);

        private final boolean isInBody;

        CallFault(boolean isInBody) {
            this.isInBody = isInBody;
        }
    }

    /** @param isShared whether a whole answer stops early until somebody asks for a part of the object */
    HonestStore(byte[] object, String etag, boolean isShared) throws IOException {
        this.object = object;
        this.etag = etag;
        this.isShared = isShared;
        wire.otherwise(this::reply);
    }

    String link(int number) {
        return wire.url("/dump.bin?link=" + number);
    }

    String host() {
        return "127.0.0.1:" + wire.port();
    }

    int calls() {
        return wire.seen().size();
    }

    /** @param nth counted from 1, from now on */
    synchronized void fail(int nth, CallFault fault) {
        this.failing = nth;
        this.fault = fault;
    }

    synchronized boolean isPending() {
        return failing > 0;
    }

    /** Links up to this one are dead after the first answer to it, of which only half comes. */
    synchronized void expireInMidAnswer(int link) {
        brief = link;
    }

    synchronized void swap(byte[] other, String otherEtag) {
        object = other;
        etag = otherEtag;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private synchronized Reply reply(Seen request) {
        var isFailing = failing > 0 && --failing == 0;
        if (isFailing && !fault.isInBody) {
            return broken();
        }
        // whoever asks again, whatever it is told
        company.countDown();
        var link = Integer.parseInt(request.target().replaceAll("\\D", ""));
        if (link <= dead) {
            return ScriptedStore.answer("403 Forbidden", "<Error><Code>AccessDenied</Code></Error>");
        }
        var condition = request.header("If-Match");
        if (condition != null && !condition.equals(etag)) {
            return ScriptedStore.answer("412 Precondition Failed", "");
        }
        var isCut = isFailing || link == brief;
        dead = link == brief ? link : dead;
        return answer(request.header("Range"), isCut, isFailing && fault == CallFault.RESET_IN_MID_BODY);
    }

    private Reply broken() {
        return switch (fault) {
            case RESET ->
                out -> {
                    throw new ConnectionReset();
                };
            case HALF_A_HEAD -> out -> out.write("HTTP/1.1 200 OK\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
            case IN_TROUBLE -> ScriptedStore.answer("503 Service Unavailable", "<Error><Code>SlowDown</Code></Error>");
            default -> out -> {};
        };
    }

    private Reply answer(@Nullable String range, boolean isCut, boolean isReset) {
        if (range == null) {
            company = new CountDownLatch(1);
            return pour("200 OK", object, isCut, isReset, isShared ? company : null);
        }
        var ends = range.substring("bytes=".length()).split("-", -1);
        var from = Integer.parseInt(ends[0]);
        var to = ends[1].isEmpty() ? object.length : Integer.parseInt(ends[1]) + 1;
        var part = Arrays.copyOfRange(object, from, to);
        var header = "Content-Range: bytes " + from + "-" + (to - 1) + "/" + object.length;
        return pour("206 Partial Content", part, isCut, isReset, null, header);
    }

    private Reply pour(
            String status,
            byte[] body,
            boolean isCut,
            boolean isReset,
            @Nullable CountDownLatch awaited,
            String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "ETag: " + etag;
        return out -> {
            ScriptedStore.cut(status, body.length, Arrays.copyOf(body, body.length / 4), all)
                    .send(out);
            if (awaited != null) {
                await(awaited);
            }
            var to = isCut ? body.length / 2 : body.length;
            out.write(body, body.length / 4, to - body.length / 4);
            out.flush();
            if (isReset) {
                throw new ConnectionReset();
            }
        };
    }

    /** Not for ever: what would ask may have failed. */
    private static void await(CountDownLatch latch) throws IOException {
        try {
            var unused = latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
