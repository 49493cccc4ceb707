"""Models that lessons let the learner drive: pure functions, free of evidence and of widgets."""
