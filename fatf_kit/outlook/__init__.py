"""The consequences of ratings: type of follow-up, referral thresholds, and the fewest upgrades that clear them."""

from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.model import FollowUp, Outlook, Target, WhatIf
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.what_if import find_smallest_sets

__all__ = ["FollowUp", "Outlook", "Target", "WhatIf", "evaluate", "find_smallest_sets", "load_rules"]
