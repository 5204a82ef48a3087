"""What is said when goods get another lot (ward 29)."""

from typing import Final

ANSWERS: Final = {
    "relabel_not_mapped": ("No place for relabelling", "A supervisor adds it to the site's policy"),
    "relabel_opened": ("Scan the bin", "Then the old label, then the new one"),
    "relabel_here": ("{place}", "Scan the old label"),
    "scan_bin_first": ("Scan the bin first", "A lot is changed where it lies"),
    "not_tracked": ("{product} has no lots", "There is nothing to change"),
    "out_of_lot": ("{quantity} {product} out of lot {lot}", "Scan the new label"),
    "into_lot": ("{quantity} {product} are lot {lot} now", "Were {old} · {day} · {place}"),
    "into_lot_partly": ("{quantity} {product} are lot {lot} now", "{rest} of {old} have no new lot yet"),
    "new_label_first": ("Scan the new label first", "{product}, out of lot {lot}"),
    "old_label_first": ("Scan the old label first", ""),
    "label_of_another": ("Not the same goods", "This is {product}; a new label of {wanted}, lot {lot}, is waited for"),
    "same_lot": ("That is the old lot", "{product} · {lot}. Scan the new label"),
    "more_than_out": ("Only {left} are out of lot {lot}", "{product}"),
    "lot_change_finished": (
        "Lot changed: {lots}",
        "{reference} is saved here and waits to be sent. Put the labels on {printed}",
    ),
    # asked
    "out_of_package": ("It lies in {package}", "{product} · {lot}"),
    "new_lot_missing": ("Which lot now?", "{product}"),
    "new_lot_wanted": ("A new label is missing", "{left} {product}, out of lot {lot}"),
    "new_lot_without_old": ("Its old lot was taken back", "{product} · {lot}"),
}
QUESTIONS: Final = {
    "out_of_package": ("Take it out of {package}?", "Goods with a new lot are booked loose, beside the package."),
    "new_lot_missing": ("Scan or type the new lot", "{product} cannot be traced without it."),
    "new_lot_wanted": ("Scan the new label", "{left} {product} are out of lot {lot}. Or take them back."),
    "new_lot_without_old": ("Take the new lot back too", "{product}, lot {lot}: undo {number}."),
}
CHOICES: Final = {
    "lies_loose_then": ("Yes, I take it out", "It lies loose in the bin then"),
}
