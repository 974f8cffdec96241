"""The names of the training record for other packages: each module is imported when a name of it is first used."""

from .functions import render_training as render_training
from .functions import training_report as training_report
from .functions import training_template as training_template
from .sheets import TrainingRecord as TrainingRecord

__all__: list[str]
