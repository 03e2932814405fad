# Medians and ranges of one figure by server, and ratios inside a round. A line of the input is a round, a server, and figures as
# name=value; rounds stand in order.
# A ratio in the list is ours/theirs/must/aim; below zero means that less is better, and without theirs it is the figure itself.
function sort(a, n,  i, j, t) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
}
function median(a, n) { return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2 }
function shown(x) { return x >= 1000 ? sprintf("%.0f", x) : x >= 100 ? sprintf("%.1f", x) : sprintf("%.2f", x) }
function met(x, bound) { return bound < 0 ? x <= -bound : x >= bound }
function verdict(x, must, aim) {
  if (must == "") return ""
  if (aim != "" && met(x, aim)) return "aim met"
  return met(x, must) ? "must met" : "missed"
}
function bound(x) { return x == "" ? "" : x < 0 ? "at most " (-x) : "at least " x }
{
  server = $2
  delete f
  for (i = 3; i <= NF; i++) { split($i, part, "="); f[part[1]] = part[2] }
  if (!(figure in f)) next
  if (!(server in rounds)) order[++servers] = server
  rounds[server]++
  value[server, rounds[server]] = f[figure] / (by == 1 ? 1 : f[by])
  if ("seconds" in f) rate[server] += f["count"] / f["seconds"]
  if (f["own"] > own[server]) own[server] = f["own"]
  lost[server] += f["lost"] + f["unanswered"]
  wrong[server] += f["overtaken"] + f["repeated"] + f["misdelivered"] + f["altered"] + f["unexpected"]
  if ("seconds" in f) loaded = 1
}
END {
  print "| server | " title ", median | range |" (loaded ? " per second of the clock | lost | wrong | load's own core |" : "")
  print "|---|---|---|" (loaded ? "---|---|---|---|" : "")
  for (s = 1; s <= servers; s++) {
    server = order[s]
    n = rounds[server]
    for (i = 1; i <= n; i++) a[i] = value[server, i]
    sort(a, n)
    printf "| %s | %s | %s to %s |", server, shown(median(a, n)), shown(a[1]), shown(a[n])
    if (loaded) printf " %.0f | %d | %d | %.2f%s |", rate[server] / n, lost[server], wrong[server], own[server], (own[server] > 0.9 ? " **limits**" : "")
    print ""
  }
  n = split(list, ratios, " ")
  if (n == 0) exit
  print "\n| " (list ~ /^[^\/]*\/\// ? "figure" : "ratio") " | median | range | must | aim | |\n|---|---|---|---|---|---|"
  for (r = 1; r <= n; r++) {
    split(ratios[r], p, "/")
    k = rounds[p[1]]
    for (i = 1; i <= k; i++) a[i] = p[2] == "" ? value[p[1], i] : value[p[1], i] / value[p[2], i]
    sort(a, k)
    m = median(a, k)
    printf "| %s | %s | %s to %s | %s | %s | %s |\n", p[1] (p[2] == "" ? "" : " : " p[2]), shown(m), shown(a[1]), shown(a[k]), \
      bound(p[3]), bound(p[4]), verdict(m, p[3], p[4])
  }
}
