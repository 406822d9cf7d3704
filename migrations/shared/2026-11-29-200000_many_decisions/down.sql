DROP TABLE many_decision_outcomes;
DROP TABLE many_decisions;
DROP TABLE left_reasons;
