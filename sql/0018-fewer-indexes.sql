-- Failures that are tried again are found by what finds builds for everybody (0017): each end of a build had to be entered here too.
drop index attempts_unsuccessful;
