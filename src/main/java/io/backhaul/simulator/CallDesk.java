package io.backhaul.simulator;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Answers calls of an API that were understood, under the faults that operations have. */
final class CallDesk {
    private final FaultPlan faults;
    private final Refusals refusals;

    CallDesk(FaultPlan faults, Refusals refusals) {
        this.faults = faults;
        this.refusals = refusals;
    }

    /**
     * The answer to a call; a fault waits until the call is allowed at all.
     *
     * @param refusal of a call that is not to be believed
     * @param suits whether a fault can strike this call
     * @param answer makes the answer, under the fault that struck; may throw {@link Refused}
     */
    Reply reply(
            Operation operation,
            Optional<WireAnswer> refusal,
            Predicate<FaultOrder> suits,
            Function<Optional<FaultOrder>, WireAnswer> answer) {
        var place = FaultTarget.operation(operation);
        if (refusal.isPresent()) {
            return Reply.to(place, refusal.get(), Optional.empty());
        }
        var order = faults.draw(place, suits);
        try {
            var instead = order.flatMap(o -> FaultAnswers.instead(o, refusals));
            return Reply.to(place, instead.orElseGet(() -> answer.apply(order)), order);
        } catch (Refused refused) {
            return Reply.to(place, refused.answer(), order);
        }
    }
}
