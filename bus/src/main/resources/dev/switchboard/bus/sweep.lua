-- Nodes whose lease has ended have nobody any more; statuses whose time is up are over.
-- ARGV 6 how many statuses at once
sweep()
local due = redis.call('ZRANGEBYSCORE', P .. 'status-due', '-inf', whole(NOW), 'LIMIT', 0, ARGV[6])
for _, name in ipairs(due) do
  redis.call('ZREM', P .. 'status-due', name)
  redis.call('HDEL', P .. 'status', name)
  change('status', '', '', name, '', '')
end
tell()
return {}
