DROP INDEX registrations_one_each;
