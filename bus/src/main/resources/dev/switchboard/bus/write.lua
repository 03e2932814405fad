-- A session of this node has begun, changed or ended.
-- ARGV 6 session, 7 its value from now on or '' for none, 8 kind, 9 scope, 10 name, 11 room, 12 more, 13 since
local session, value, kind, scope, name = ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10]
beat()
if value ~= '' then
  redis.call('HSET', online_key(NODE), session, value)
  change(kind, session, scope, name, ARGV[11], ARGV[12], ARGV[13])
elseif redis.call('HDEL', online_key(NODE), session) == 1 then
  change(kind, session, scope, name, ARGV[11], ARGV[12])
  seen(name, NOW)
end
tell()
return {}
