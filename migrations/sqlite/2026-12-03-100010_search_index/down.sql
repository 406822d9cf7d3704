DROP TRIGGER search_index_changed;
DROP TRIGGER search_index_taken;
DROP TRIGGER search_index_put;
DROP TABLE search_index;
