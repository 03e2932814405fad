-- The receiver wants no more, until somebody takes the field out again.
-- ARGV 1 who says so
if holds(ARGV[1]) then
  redis.call('HSET', HOOK, 'disabled', whole(NOW))
end
return {}
