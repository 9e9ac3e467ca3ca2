"""What the ranking is worth: agreements are hidden from it, and it is asked for them.

A split tells what is known and what is hidden; everything that a ranking counts is counted on
what is known. Figures are over all that a list could show: hits@10, hits@50, mean reciprocal
rank with equal scores at their mean rank, and how often a hidden partner beats who is none, of
all and of those with as many partners.
"""

from explorer.backtest.history import History, history_of_file
from explorer.backtest.lifts import Lifts, lifts
from explorer.backtest.of_store import history_of_index
from explorer.backtest.report import Report, as_json_dict, measure
from explorer.backtest.splits import Kind, Plan, plan_for

__all__ = [
    "History",
    "Kind",
    "Lifts",
    "Plan",
    "Report",
    "as_json_dict",
    "history_of_file",
    "history_of_index",
    "lifts",
    "measure",
    "plan_for",
]
