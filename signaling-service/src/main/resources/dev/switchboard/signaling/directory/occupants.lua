-- Who is at a place.
-- KEYS 1 the place
-- Returns {session, occupant, session, ...}; the empty session is the place's counter
return redis.call('HGETALL', KEYS[1])
