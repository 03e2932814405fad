-- What a peer says of itself, until it says something else or its time is up.
-- ARGV 6 name, 7 status as JSON or '' for none, 8 until when (milliseconds since 1970)
local name, status = ARGV[6], ARGV[7]
if status == '' then
  redis.call('HDEL', P .. 'status', name)
  redis.call('ZREM', P .. 'status-due', name)
else
  redis.call('HSET', P .. 'status', name, status)
  redis.call('ZADD', P .. 'status-due', ARGV[8], name)
end
change('status', '', '', name, '', status)
tell()
return {}
