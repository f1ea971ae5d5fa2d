package io.backhaul.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms that one section may have, and what their keys have in common. */
record Forms(List<Fields> forms) {
    /** Each form knows which keys are only another's. */
    static Forms of(Fields... forms) {
        var all = List.of(forms);
        return new Forms(all.stream()
                .map(form -> new Fields(form.owner(), form.keys(), elsewhere(form, all)))
                .toList());
    }

    private static Map<String, String> elsewhere(Fields form, List<Fields> all) {
        return all.stream()
                .flatMap(other -> other.names().stream())
                .distinct()
                .filter(name -> form.find(name).isEmpty())
                .collect(Collectors.toMap(name -> name, name -> owners(name, all)));
    }

    private static String owners(String name, List<Fields> all) {
        return all.stream()
                .filter(form -> form.find(name).isPresent())
                .map(Fields::owner)
                .collect(Collectors.joining(", "));
    }

    /**
     * All keys of all forms, to read a section whose form cannot be told: a key that means different things is not
     * judged, and only what every form requires is required.
     */
    Fields merged() {
        var merged = new LinkedHashMap<String, Key<?>>();
        for (var form : forms) {
            for (var key : form.keys()) {
                merged.putIfAbsent(key.name(), merged(key));
            }
        }
        return Fields.named("", new ArrayList<>(merged.values()));
    }

    private Key<?> merged(Key<?> key) {
        var alike = forms.stream()
                .map(form -> form.find(key.name()))
                .flatMap(Optional::stream)
                .toList();
        if (!alike.stream().allMatch(other -> other.shape().equals(key.shape()))) {
            return key.unjudged();
        }
        return alike.size() == forms.size() && alike.stream().allMatch(key::equals) ? key : key.optional();
    }
}
