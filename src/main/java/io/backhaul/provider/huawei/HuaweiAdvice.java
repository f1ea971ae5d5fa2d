package io.backhaul.provider.huawei;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiAnswer;
import io.backhaul.provider.ApiRequest;
import java.util.Locale;
import java.util.Set;

/** Who must act on a refusal: its fault, its code, and the gateway's texts where they say more (huawei.md 4.2 to 4.4). */
final class HuaweiAdvice {
    private static final String LIST_INSTANCES = "list-instances";
    private static final String LIST_BACKUPS = "list-backups";
    private static final String LINKS = "links";
    private static final String TOKEN = "token";
    private static final String PROJECTS = "projects";

    private static final Set<String> OF_THE_PROJECT = Set.of("DCS.1004", "GES.0016");
    private static final Set<String> TIMED = Set.of("IAM.1105", "IAM.1107");

    private HuaweiAdvice() {}

    static Advice of(HuaweiFault fault, ApiRequest request, ApiAnswer answer) {
        var error = HuaweiError.of(answer);
        var code = HuaweiErrors.normalised(error.code());
        if (OF_THE_PROJECT.contains(code)) {
            return Advice.wrongProject();
        }
        return switch (fault) {
            case AUTHENTICATION -> ofCredential(request, code, error.message().toLowerCase(Locale.ROOT));
            case PERMISSION -> Advice.noPermission(permission(request));
            case WRONG, DOUBTFUL, SERVER -> ofOthers(request, answer, code);
            case INSTANCE_GONE, BACKUP_GONE, UNSUPPORTED, BUSY, THROTTLED -> Advice.notAccepted();
        };
    }

    private static Advice ofCredential(ApiRequest request, String code, String text) {
        if (text.contains(HuaweiErrors.LOCKED) || text.contains("locked") || code.equals("IAM.0061")) {
            return Advice.locked();
        }
        if (text.contains(HuaweiErrors.STALE)) {
            return Advice.clock();
        }
        if (request.operation().equals(TOKEN)) {
            return Advice.wrongLogin();
        }
        if (text.contains("ak not exist") || TIMED.contains(code)) {
            return Advice.unknownKey();
        }
        if (text.contains("verify aksk signature fail")) {
            return Advice.wrongSecret();
        }
        return text.contains("decrypt token fail") || code.equals("IAM.1108")
                ? Advice.wrongToken()
                : Advice.credentialsRefused();
    }

    /** Without a code it was not the API that spoke; with one, a path that the gateway does not know is another API's. */
    private static Advice ofOthers(ApiRequest request, ApiAnswer answer, String code) {
        if (request.operation().equals(TOKEN) && Set.of(400, 404).contains(answer.status()) && !answer.isHtml()) {
            return Advice.wrongProject();
        }
        var isForeign = code.isEmpty() || answer.isHtml() || code.equals("APIG.0101");
        if (isForeign && answer.status() < 500) {
            return Advice.notTheApi(request.host());
        }
        return answer.status() < 500 ? Advice.notAccepted() : Advice.noUsableAnswer();
    }

    /** As the policies write them; no document names one for the links of GES (1.2, 1.5). */
    private static String permission(ApiRequest request) {
        var isOfGes = request.path().contains("/graphs");
        return switch (request.operation()) {
            case LIST_INSTANCES -> isOfGes ? "ges:graph:list" : "dcs:instance:list";
            case LIST_BACKUPS -> isOfGes ? "ges:backup:list" : "dcs:instance:getDataBackupLog";
            case LINKS -> isOfGes ? "the system policy GES ReadOnlyAccess" : "dcs:instance:downloadBackupData";
            case PROJECTS -> "the listing of projects in IAM";
            default -> "what it says";
        };
    }
}
