package io.backhaul.provider.huawei;

import io.backhaul.provider.Advice;
import io.backhaul.provider.ApiRequest;
import io.backhaul.provider.Asked;
import io.backhaul.provider.Asked.Got;
import io.backhaul.provider.Fields;
import io.backhaul.provider.Setback.Refused;
import io.backhaul.provider.Setback.Unavailable;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** IAM's word on which project a region has (huawei.md 3.4). */
final class IamProjects {
    private IamProjects() {}

    static ApiRequest request(URI iam, String region) {
        return ApiRequest.get("projects", "region=" + region, iam, "/v3/projects")
                .asking("name", region);
    }

    static Asked<String> read(ApiRequest request, String region, Fields answer) {
        var projects = answer.list("projects");
        if (projects.isEmpty()) {
            return Asked.failed(new Unavailable(request.asked() + ": the answer has no projects, only " + answer));
        }
        var ids = ids(projects.get());
        return switch (ids.size()) {
            case 0 ->
                Asked.failed(new Refused(request.asked() + ": no project of that name", Advice.wrongRegion(region)));
            case 1 -> new Got<>(ids.getFirst());
            default ->
                Asked.failed(
                        new Refused(request.asked() + ": " + ids.size() + " projects", Advice.severalProjects(region)));
        };
    }

    private static List<String> ids(List<Fields> projects) {
        return projects.stream()
                .map(project -> project.text("id"))
                .flatMap(Optional::stream)
                .filter(HuaweiProject.Known::isId)
                .distinct()
                .toList();
    }
}
