"""The axioms by name: in words for a committee, kept and broken, with the check that looks for a counter-example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workbench.allocation.axioms import changing, fixed, population
from workbench.allocation.axioms.problem import Trial
from workbench.allocation.problems import Array

Check = Callable[[Trial], Array]


@dataclass(frozen=True)
class Axiom:
    """A property that a rule keeps or breaks.

    Attributes
    ----------
    name : str
        As in the literature (Thomson 2019).
    kept, broken : str
        What it means for claimants when the rule keeps it, and when it breaks it, in one sentence.
    check : callable
        Gives, for a batch of problems, by how many KES the rule breaks it.
    """

    name: str
    kept: str
    broken: str
    check: Check


_LISTED: Final = (
    Axiom("Anonymity", "Only claims count, not names or places in the table.",
          "Names or places in the table count.", fixed.anonymity),
    Axiom("Continuity", "A tiny change of a claim changes awards by little.",
          "A tiny change of a claim can make an award jump.", fixed.continuity),
    Axiom("Homogeneity", "Shillings or millions, the shares are the same.",
          "The shares depend on the unit in which money is counted.", fixed.homogeneity),
    Axiom("1/|N|-Truncated-claims lower bounds on awards",
          "A ministry is sure of an n-th of its claim, as far as the envelope goes, whatever the n - 1 others claim.",
          "A ministry can be left with less than an n-th of its claim because of what others claim.",
          fixed.awards_lower_bound),
    Axiom("1/|N|-min-of-claims-and-deficit lower bounds on losses",
          "Every ministry bears an n-th of its claim, as far as the deficit goes, as a loss.",
          "A ministry can escape with less than an n-th of the loss.", fixed.losses_lower_bound),
    Axiom("Equal treatment of equals", "Equal claims get equal awards.",
          "Two ministries with the same claim can get different awards.", fixed.equal_treatment),
    Axiom("Equal treatment of equal groups", "Two groups that claim the same together get the same together.",
          "Two groups that claim the same together can get different sums: it matters how a claim is cut up.",
          fixed.equal_groups),
    Axiom("Order preservation", "Who claims more gets no less, and goes short by no less.",
          "A ministry that claims more can get less, or go short by less.", fixed.order_preservation),
    Axiom("Group order preservation", "A group that claims more gets no less, and goes short by no less.",
          "A group that claims more can get less, or go short by less.", fixed.group_order_preservation),
    Axiom("Conditional null compensation",
          "Who claims so little that the larger claims' excess over it takes the whole envelope gets nothing.",
          "Even the smallest claims get something while large claims wait.", fixed.conditional_null),
    Axiom("Conditional full compensation",
          "Who claims so little that everyone could get as much is paid in full.",
          "Even a claim so small that everyone could get as much may be cut.", fixed.conditional_full),
    Axiom("Linked claim-endowment monotonicity",
          "A ministry that claims a million more and brings the million gets at most that million more.",
          "A ministry that claims a million more and brings the million can get more than that million.",
          changing.linked_claim_endowment),
    Axiom("Claim monotonicity", "Claiming more never brings less.", "Claiming more can bring less.",
          changing.claim_monotonicity),
    Axiom("Population monotonicity", "When a ministry withdraws its claim, no other gets less.",
          "When a ministry withdraws its claim, another can get less.", population.population_monotonicity),
    Axiom("Linked-endowment-population monotonicity",
          "When a ministry comes with the money for its whole claim, no other gets less.",
          "When a ministry comes with the money for its whole claim, another can get less.",
          population.linked_population),
    Axiom("Progressivity", "A larger claim is met by at least as large a percentage.",
          "A larger claim can be met by a smaller percentage.", fixed.progressivity),
    Axiom("Regressivity", "A smaller claim is met by at least as large a percentage.",
          "A smaller claim can be met by a smaller percentage.", fixed.regressivity),
    Axiom("No transfer paradox", "Handing a part of one's claim to another never brings more.",
          "Handing a part of one's claim to another can bring more.", changing.no_transfer_paradox),
    Axiom("Bounded impact of claims transfers", "A claim handed over moves no more money than its size.",
          "A claim handed over can move more money than its size.", changing.bounded_transfers),
    Axiom("Concavity", "As money grows, the larger of two claims takes an ever smaller part of it against the smaller.",
          "As money grows, the larger claim's part of it, against the smaller's, can rise.", fixed.concavity),
    Axiom("Convexity", "As money grows, the larger of two claims takes an ever larger part of it against the smaller.",
          "As money grows, the larger claim's part of it, against the smaller's, can fall.", fixed.convexity),
    Axiom("Endowment monotonicity", "More money means no less for anyone.",
          "With more money somebody can get less.", fixed.endowment_monotonicity),
    Axiom("Order preservation under endowment variations",
          "Of more money the larger claim gets no less than the smaller.",
          "Of more money the smaller claim can get more than the larger.", fixed.endowment_order),
    Axiom("Order preservation under claims variations",
          "When one ministry claims more, of two others the larger gives up no less.",
          "When one ministry claims more, of two others the smaller can give up more.", changing.claims_order),
    Axiom("Minimal rights first", "Paying first what all others would leave changes nothing.",
          "It matters whether what all others would leave is paid first.", fixed.minimal_rights_first),
    Axiom("Claims truncation invariance", "Claiming more than there is brings nothing.",
          "A ministry can gain by claiming more than there is.", fixed.truncation_invariance),
    Axiom("Composition down",
          "After a budget cut, sharing by the claims or by the awards already promised is the same.",
          "After a budget cut it matters whether claims or the awards already promised are the basis.",
          fixed.composition_down),
    Axiom("Composition up", "A supplementary can be shared on what is still unpaid, or all anew, with the same result.",
          "It matters whether a supplementary is shared on what is still unpaid or all is shared anew.",
          fixed.composition_up),
    Axiom("Midpoint property", "When the money is half of all claims, everyone gets half.",
          "Even when the money is half of all claims, some get more than half and some less.", fixed.midpoint),
    Axiom("Self-duality", "What is there and what is missing are shared in the same way.",
          "It matters whether one shares out what is there or what is missing.", fixed.self_duality),
    Axiom("Claims separability",
          "When others' claims change and a group gets the same together, each in it gets the same.",
          "A change of others' claims can move money within a group that gets the same together.",
          changing.claims_separability),
    Axiom("Claim-endowment separability",
          "When others' claims and the envelope change and a group gets the same together, each in it gets the same.",
          "A change elsewhere can move money within a group that gets the same together.",
          changing.claims_endowment_separability),
    Axiom("Endowment convexity", "Of the middle of two envelopes everyone gets the middle of both awards.",
          "Planning on the mean of two envelopes differs from the mean of two plans.", fixed.endowment_convexity),
    Axiom("Claim-endowment uniformity",
          "When others' claims and the envelope change, those whose claims stay all gain or all lose.",
          "A change elsewhere can make one ministry gain and another, equally uninvolved, lose.", changing.uniformity),
    Axiom("Endowment-population uniformity",
          "When ministries come or go and the envelope changes, those who stay all gain or all lose.",
          "When ministries come or go, of those who stay one can gain and another lose.",
          population.population_uniformity),
    Axiom("No advantageous transfers", "A group cannot gain by moving claims among its members.",
          "A group can gain by moving claims among its members.", changing.no_advantageous_transfer),
    Axiom("Summation independence", "How the others' claims are spread among them does not matter to a ministry.",
          "A ministry's award depends on how the others' claims are spread among them.",
          changing.summation_independence),
    Axiom("Consistency", "When some take their awards and go, the others share what is left as before.",
          "When some take their awards and go, sharing what is left anew gives another result.",
          population.consistency),
    Axiom("Bilateral consistency", "Any two ministries, alone with what they got together, share it as before.",
          "Two ministries, alone with what they got together, would share it in another way.",
          population.bilateral_consistency),
    Axiom("Converse consistency", "Awards that are right between every two ministries are right for all.",
          "Awards can be right between every two ministries and yet not be the rule's.",
          population.converse_consistency),
    Axiom("Null claims consistency", "Who claims nothing can be left out.",
          "Somebody who claims nothing changes what others get.", population.null_claims_consistency),
    Axiom("Null compensation consistency", "Who gets nothing can be left out.",
          "Leaving out somebody who gets nothing changes what others get.", population.null_compensation_consistency),
    Axiom("Full compensation consistency", "Who gets all it claims can be paid first and left out.",
          "Paying first those who get all they claim changes what others get.",
          population.full_compensation_consistency),
    Axiom("No advantageous merging", "Ministries cannot gain by merging.",
          "Two ministries would gain by merging.", population.no_advantageous_merging),
    Axiom("No advantageous splitting", "A ministry cannot gain by splitting in two.",
          "A ministry would gain by splitting in two.", population.no_advantageous_splitting),
    Axiom("Order preservation under population variations",
          "When a ministry leaves, of two who stay the larger claim gains no less.",
          "When a ministry leaves, of two who stay the smaller claim can gain more.", population.population_order),
    Axiom("Division invariance", "Where copies of all claims all get the same, the originals get that too.",
          "Awards for copies of all claims need not be the awards of the originals.", population.division_invariance),
    Axiom("Replication invariance", "Everyone twice and twice the money: everyone gets what it got.",
          "Everyone twice and twice the money changes what each gets.", population.replication_invariance),
)  # fmt: skip

AXIOMS: Final = {axiom.name: axiom for axiom in _LISTED}
"""All axioms by name, in the order of the published tables."""

NEEDED: Final = {
    "Balance": Axiom("Balance", "Awards add up to the envelope.", "Awards do not add up.", fixed.balance),
    "Bounds": Axiom("Bounds", "No award is negative or above its claim.", "An award is out of bounds.", fixed.bounds),
}
"""What every rule must keep to be one."""
