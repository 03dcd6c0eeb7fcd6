package dev.observatory.conversation;

import java.time.LocalDate;
import java.util.Set;

/**
 * Which totals are wanted. Immutable.
 *
 * @param by what is told apart; empty for one total of all
 * @param projectIds only of these projects, 65,536 of them at most, or none; null for all, with what belongs to none
 * @param since the first day; null for all up to {@code until}
 * @param until the day behind the last; null for all from {@code since} on
 */
public record UsageQuery(Set<Dimension> by, Set<String> projectIds, LocalDate since, LocalDate until) {

    /** What totals can be told apart by. */
    public enum Dimension {
        PROJECT,
        BRANCH,
        MODEL,
        DAY
    }

    public UsageQuery {
        by = Set.copyOf(by);
        projectIds = projectIds == null ? null : Set.copyOf(projectIds);
    }
}
